import * as l10n from "@vscode/l10n";
import { shortened } from "../text/shortened";
import { movedBackups } from "./backups";
import { contentName } from "./contentNames";
import { type Drafted, draftFor } from "./draftRestore";
import { entryEdits } from "./entryEdit";
import { givenUpChange, indexChange, setAsideChange } from "./fileChanges";
import { isOwnIndex } from "./incoming";
import { editIndex, entryFields, type IndexEdit, openIndex } from "./indexText";
import { outgoingSentences } from "./planSentences";
import { indexRefusals } from "./refusals";
import { freshTimes, restoredFields } from "./restoredEntry";
import type { RestoreCheck } from "./restoreCheck";
import type { RestoreFacts } from "./restoreFacts";
import type { RestoreReceipt } from "./restoreJournal";
import type { RestorePlan } from "./restorePlan";
import { outgoingOf } from "./setAside";

/** What a key pointed to before a restore, and where that is now. */
export type Former =
  /** Set aside: the archive that was made of it. */
  | { readonly kind: "archive"; readonly path: string }
  /** Current under a key that was made for it; `path` is its transcript. */
  | { readonly kind: "registered"; readonly path: string; readonly key: string; readonly sessionId: string }
  /** The transcript did not exist, or stayed with whom it belongs to as well: only its name is known. */
  | { readonly kind: "named"; readonly sessionId: string; readonly sessionFile: string | undefined }
  /** There was no entry. */
  | { readonly kind: "nothing" };

/**
 * What switching back from a plan leads to. For `archive` and `registered` the facts are to be gathered of the window that holds the
 * file at `path`; for the others of the window that is current under the key, of which only the place matters.
 */
export function formerOf(plan: RestorePlan): Former {
  if (plan.from === undefined) return { kind: "nothing" };
  const archive = plan.changes.find(({ role, after }) => role === "set-aside" && after.kind === "file");
  if (archive !== undefined) return { kind: "archive", path: archive.path };
  for (const { key, before, after } of plan.entries) {
    const fields = before === undefined && after !== undefined && key !== plan.key ? fieldsOf(after) : undefined;
    if (fields?.sessionFile === undefined || fields.sessionId !== plan.from) continue;
    return { kind: "registered", path: fields.sessionFile, key, sessionId: plan.from };
  }
  const entry = plan.entries.find(({ key }) => key === plan.key)?.before;
  return { kind: "named", sessionId: plan.from, sessionFile: entry && fieldsOf(entry).sessionFile };
}

/**
 * The way back when something was said since: what is current under the key now is kept as a window, or under a key of its own, and
 * the key points to what it pointed to before. The request of the facts is in place, with the plan's key.
 */
export function draftSwitchBack(facts: RestoreFacts, receipt: RestoreReceipt): Drafted {
  const { plan } = receipt;
  const refused = notSwitchable(facts, receipt);
  if (refused !== undefined) return { refused: [refused] };
  const former = formerOf(plan);
  switch (former.kind) {
    case "archive":
      return withReason(draftFor(facts, { kind: "switch-back", of: plan.id, freed: [] }), plan);
    case "registered": {
      const isStill = facts.rows.some(
        ({ key, storePath, sessionId }) =>
          key === former.key && sessionId === former.sessionId && isOwnIndex(facts, storePath),
      );
      const freed = isStill ? [former.key] : [];
      return withReason(draftFor(facts, { kind: "switch-back", of: plan.id, freed }), plan);
    }
    case "named":
    case "nothing":
      return withdrawal(facts, plan, former);
  }
}

function notSwitchable(
  { request, displaced }: RestoreFacts,
  { plan, outcome }: RestoreReceipt,
): RestoreCheck | undefined {
  if (outcome !== "finished") {
    return {
      code: "unfinished-restore",
      level: "blocker",
      text: l10n.t("{0} was not finished, or was taken back already.", plan.id),
      remedy: l10n.t("There is nothing to switch back from."),
    };
  }
  if (request.target.kind !== "in-place" || request.target.key !== plan.key) {
    throw new Error("Switching back needs the facts of the key that the plan was made for.");
  }
  const current = displaced?.sessionId;
  if (current !== plan.from) return undefined;
  // Restoring another copy of one session leaves the id as it was; the files then tell the two apart.
  if (current === plan.to && current !== undefined) return undefined;
  return {
    code: "already-current",
    level: "blocker",
    text: l10n.t("{0} points to what it pointed to before {1} already.", shortened(plan.key), plan.id),
    remedy: l10n.t("There is nothing to switch back."),
  };
}

function withReason(draft: Drafted, plan: RestorePlan): Drafted {
  if ("refused" in draft) return draft;
  return { ...draft, plan: { ...draft.plan, sentences: [reason(plan), ...draft.plan.sentences] } };
}

function reason({ key, id }: RestorePlan): string {
  return l10n.t(
    "{0} goes back to what it pointed to before {1}; what was said since is kept, nothing is merged.",
    shortened(key),
    id,
  );
}

/** Nothing comes back as a file: the entry goes, or names again what it named. */
function withdrawal(
  facts: RestoreFacts,
  plan: RestorePlan,
  former: Extract<Former, { readonly kind: "named" | "nothing" }>,
): Drafted {
  const index = openIndex(facts.index.state.kind === "read" ? facts.index.state.bytes : undefined);
  const refused = indexRefusals(facts, index, [plan.key]);
  if (refused.length > 0 || "why" in index) return { refused };
  const { key } = plan;
  const outgoing = outgoingOf(facts, key);
  const before = entryFields(index, key);
  const edits: IndexEdit[] = [
    { key, ...(former.kind === "nothing" ? { removed: true } : { edits: named(facts, key, former, before) }) },
  ];
  if (outgoing.kind === "registered" && facts.displaced !== undefined) {
    const { sessionId } = facts.displaced;
    const own = [
      { name: "sessionId", value: sessionId },
      { name: "sessionFile", value: outgoing.path },
      ...freshTimes(facts.now),
    ];
    edits.push({ key: outgoing.key, like: key, edits: own });
  }
  const after = editIndex(index, edits);
  const backups = movedBackups(facts);
  const from = before?.["sessionId"];
  return {
    recipes: {
      ...Object.fromEntries(backups.map(({ name, recipe }) => [name, recipe])),
      index: { kind: "bytes", bytes: after.bytes },
    },
    plan: {
      schema: 1,
      id: facts.id,
      kind: "switch-back",
      createdAt: facts.now,
      of: plan.id,
      stateDir: plan.stateDir,
      agentId: plan.agentId,
      key,
      from: typeof from === "string" ? from : undefined,
      to: former.kind === "named" ? former.sessionId : undefined,
      source: undefined,
      changes: [...setAsideChange(outgoing), indexChange(facts), ...givenUpChange(outgoing)],
      backups: backups.map(({ name, path }) => ({ path, sha256: contentName(name), bytes: -1 })),
      entries: entryEdits(
        index,
        after,
        edits.map((edit) => edit.key),
      ),
      sentences: [
        reason(plan),
        former.kind === "nothing"
          ? l10n.t("There was no entry of {0} before, so its entry is removed.", shortened(key))
          : l10n.t("The entry of {0} names the session {1} again.", shortened(key), shortened(former.sessionId)),
        ...outgoingSentences(outgoing, key, facts.displaced?.messages),
        l10n.t("Before anything is changed, the index and the current transcript are copied to {0}.", facts.disk.vault),
      ],
      advice: [],
    },
  };
}

function named(
  facts: RestoreFacts,
  key: string,
  { sessionId, sessionFile }: Extract<Former, { readonly kind: "named" }>,
  before: Readonly<Record<string, unknown>> | undefined,
): ReturnType<typeof restoredFields> {
  const now = Math.floor(facts.now);
  const entry = { key, sessionId, sessionFile, from: undefined, now, compactions: 0, checkpoints: [], before };
  return restoredFields(entry, facts.surroundings.version);
}

/** Of an entry as a plan shows it: these two are never left out for their size. */
function fieldsOf(text: string): { readonly sessionId: string | undefined; readonly sessionFile: string | undefined } {
  const fields = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  return { sessionId: textOf(fields["sessionId"]), sessionFile: textOf(fields["sessionFile"]) };
}
