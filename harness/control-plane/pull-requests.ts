interface PullRequest {
  readonly id: string;
  readonly build: string;
  readonly title: string;
  readonly openedBy: string;
  readonly merged: boolean;
}

/** Changes of code that wait for, or have had, their merge. */
export interface PullRequests {
  open(build: string, title: string, openedBy: string): PullRequest;
  /** By id, or the newest open one for a build. */
  find(wanted: { readonly id: string | undefined; readonly build: string | undefined }): PullRequest | null;
  merge(id: string): void;
}

export function createPullRequests(newId: (prefix: string) => string): PullRequests {
  const all = new Map<string, PullRequest>();
  return {
    open: (build, title, openedBy) => {
      const request = { id: newId('pull-request'), build, title, openedBy, merged: false };
      all.set(request.id, request);
      return request;
    },
    find: ({ id, build }) => {
      if (id !== undefined) return all.get(id) ?? null;
      return [...all.values()].findLast(request => request.build === build && !request.merged) ?? null;
    },
    merge: id => {
      const request = all.get(id);
      if (request !== undefined) all.set(id, { ...request, merged: true });
    },
  };
}
