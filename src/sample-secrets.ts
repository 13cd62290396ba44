import { digestOf } from '../base/secret.ts';

/** SHA-256 of the API key of compose/directory.json, which everybody can read. */
export const SAMPLE_KEY_SHA256 = 'a964d29d90b2cdfd997300063b30c5a5ebe0d81984c50d5cc541fb8a7d0de476';

/** SHA-256 of the pepper of docker-compose.yml. */
const SAMPLE_PEPPER_SHA256 = 'ba3f3e0a6fd8ac25d3fe9be37e67a6cc6db4c2d72cd7dc7b994a053b85b7383e';

/** Random text of 32 hex digits has about 14 different ones. */
const MIN_DISTINCT_CHARACTERS = 8;

/** Why a pepper can be guessed, or `undefined`. */
export function weaknessOf(pepper: string): string | undefined {
  if (digestOf(pepper) === SAMPLE_PEPPER_SHA256) return 'is the published pepper of the sample stack';
  const distinct = new Set(pepper).size;
  return distinct < MIN_DISTINCT_CHARACTERS ? `has only ${distinct} different characters` : undefined;
}
