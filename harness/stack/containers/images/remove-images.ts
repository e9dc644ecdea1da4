import type { Docker } from '../engine/connect-engine.ts';
import { engineCall, engineText, statusOf } from '../engine/engine-error.ts';
import { LABEL, REPOSITORY } from '../engine/labels.ts';
import type { SweepReport } from '../sweep/sweep.ts';

/** Rounds of removal: an image can go only when what was built on it has gone. */
const MOST_ROUNDS = 4;

/** Removes every image of ours, of all versions; public images that were pulled for them stay. */
export async function removeImages(
  docker: Docker,
  { dryRun }: { dryRun: boolean },
): Promise<Pick<SweepReport, 'removed' | 'failed'>> {
  const due = await ourImages(docker);
  const troubles = new Map<string, string>();
  let left = due;
  for (let round = 0; !dryRun && round < MOST_ROUNDS && left.length > 0; round++) {
    for (const { tag } of left) {
      await docker
        .getImage(tag)
        .remove()
        .catch((error: unknown) => {
          if (statusOf(error) !== 404) troubles.set(tag, engineText(error));
        });
    }
    const still = new Set((await ourImages(docker)).map(({ tag }) => tag));
    left = left.filter(({ tag }) => still.has(tag));
  }
  const failed = dryRun ? [] : left;
  return {
    removed: due.filter(image => !failed.includes(image)).map(sweptOf),
    failed: failed.map(image => ({
      ...sweptOf(image),
      because: troubles.get(image.tag) ?? 'it is still there',
    })),
  };
}

interface OurImage {
  /** Its tag, or its id when it has lost its tag. */
  readonly tag: string;
}

async function ourImages(docker: Docker): Promise<readonly OurImage[]> {
  const images = await engineCall('look for our images', () =>
    docker.listImages({ filters: { label: [`${LABEL.project}=1`] } }),
  );
  return images.flatMap(({ Id, RepoTags }) => {
    const tags = (RepoTags ?? []).filter(tag => tag !== '<none>:<none>');
    if (tags.length === 0) return [{ tag: Id }];
    // One that somebody built on ours inherits the label, under a name of theirs.
    return tags.filter(tag => tag.startsWith(`${REPOSITORY}/`)).map(tag => ({ tag }));
  });
}

function sweptOf({ tag }: OurImage) {
  return { kind: 'image', name: tag, runId: 'none' } as const;
}
