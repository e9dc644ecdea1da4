import { type Owner, ownerText } from '../sweep/owner.ts';

/** The labels by which everything of ours in an engine is found again. */
export const LABEL = {
  /** On everything of ours, always `1`. */
  project: 'brakecheck',
  /** The run. */
  run: 'brakecheck.run',
  /** The part of the run: an arm. */
  part: 'brakecheck.part',
  /** The process that made it, as `ownerText`. */
  owner: 'brakecheck.owner',
  /** The run's folder for evidence, so that a later sweep can still keep the logs there. */
  evidence: 'brakecheck.evidence',
  /** What it is in the world: `pricing/na`. */
  role: 'brakecheck.role',
  /** On images: which one. */
  image: 'brakecheck.image',
} as const;

/** What the names of our images begin with. */
export const REPOSITORY = 'brakecheck';

export type Labels = Readonly<Record<string, string>>;

/** One run, or one part of it, as its leftovers name it. */
export interface RunIdentity {
  readonly runId: string;
  /** Which of the run's parts that go on side by side, such as an arm: parts never share names. */
  readonly part: string;
  readonly owner: Owner;
  /** Absolute path of the run's `evidence/`; null when it keeps none. */
  readonly evidenceDir: string | null;
}

/** The labels of one thing of a run. */
export function labelsOf({ runId, part, owner, evidenceDir }: RunIdentity, role: string): Labels {
  return {
    [LABEL.project]: '1',
    [LABEL.run]: runId,
    [LABEL.part]: part,
    [LABEL.owner]: ownerText(owner),
    [LABEL.role]: role,
    ...(evidenceDir === null ? {} : { [LABEL.evidence]: evidenceDir }),
  };
}
