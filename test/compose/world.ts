import { compose, containerOf, healthy, whyNoDocker } from './docker.ts';

/** Builds the image and brings the stack up before the first test, and takes it away after the last. */
export async function setup(): Promise<() => Promise<void>> {
  const missing = await whyNoDocker();
  if (missing !== undefined) throw new Error(`these tests need real containers: ${missing}`);
  const end = async (): Promise<void> => {
    await compose('down', '--volumes', '--remove-orphans', '--timeout', '5');
  };
  await end();
  try {
    await compose('up', '--build', '--detach');
    for (const service of SERVICES) await healthy(await containerOf(service));
  } catch (error) {
    process.stderr.write(await compose('logs', '--tail', '20').catch(() => ''));
    await end();
    throw error;
  }
  return end;
}

const SERVICES = ['plesk', 'plesk-12', 'redis', 'token-service-1', 'token-service-2', 'proxy'];
