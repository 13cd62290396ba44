import type { NamedModels } from '../../protocol/model.ts';

/** The requests of an operator, as models (docs/request-models.md), in the order of Plesk's schemas. */
export interface OperatorRequests {
  readonly name: string;
  /** The packet version that it came with; without it, the first. */
  readonly since?: string;
  /** The last packet version that has it; without it, the newest. */
  readonly until?: string;
  /** An operator element that holds exactly one operation; others hold one or more, in any mix. */
  readonly single?: true;
  /** Operations of these names are known, others may exist: they take anything. */
  readonly open?: true;
  /** What the models of the operations name in braces. */
  readonly models?: NamedModels;
  readonly operations: Readonly<Record<string, string | VersionedRequest>>;
}

/** The request of an operation that not all packet versions of its operator have. */
export interface VersionedRequest {
  readonly since?: string;
  readonly until?: string;
  readonly request: string;
}
