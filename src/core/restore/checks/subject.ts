import type { FileChange } from "../fileChange";
import type { RestoreFacts } from "../restoreFacts";
import type { RestoreDraft } from "../restorePlan";

/** The key that is to point to the restored conversation; undefined while a new one is not made yet. */
export function targetKey({ request }: RestoreFacts, draft: RestoreDraft | undefined): string | undefined {
  return draft?.plan.key ?? request.target.key;
}

/** The session id it is to have; the header's, unless the copy gets one of its own. */
export function targetId({ source }: RestoreFacts, draft: RestoreDraft | undefined): string | undefined {
  return draft?.plan.to ?? source.index?.header?.id;
}

export function isInPlace({ request }: RestoreFacts): boolean {
  return request.target.kind === "in-place";
}

/** Changes that bring a file into being. */
export function created(draft: RestoreDraft | undefined): readonly FileChange[] {
  return (draft?.plan.changes ?? []).filter(({ before, after }) => before.kind === "absent" && after.kind === "file");
}
