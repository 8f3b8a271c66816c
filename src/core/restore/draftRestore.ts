import type { RestoreCheck } from "./restoreCheck";
import { movedBackups, sourceBackups } from "./backups";
import { contentName, contentNamed } from "./contentNames";
import type { ContentRecipe } from "./contentRecipe";
import { missingItems } from "./checkpointItems";
import { configAdvice } from "./configAdvice";
import { entryEdits } from "./entryEdit";
import type { FileChange } from "./fileChange";
import { givenUpChange, indexChange, setAsideChange } from "./fileChanges";
import { type Incoming, incomingOf, isOwnIndex } from "./incoming";
import { editIndex, entryFields, type FieldEdit, type IndexEdit, type IndexText, openIndex } from "./indexText";
import { planSentences } from "./planSentences";
import { refusals } from "./refusals";
import { freshTimes, restoredFields } from "./restoredEntry";
import type { RestoreFacts } from "./restoreFacts";
import type { RestoreDraft } from "./restorePlan";
import { type Outgoing, outgoingOf } from "./setAside";

/**
 * Everything that bringing a conversation back comes to, decided from facts alone. Refused is what no plan can be made for; whether a
 * plan may be applied is for the checks to say.
 */
export function draftRestore(facts: RestoreFacts): Drafted {
  return draftFor(facts, { kind: "restore", of: undefined, freed: [] });
}

export type Drafted = RestoreDraft | { readonly refused: readonly RestoreCheck[] };

/** What a conversation is brought back for. */
export interface Purpose {
  readonly kind: "restore" | "switch-back";
  readonly of: string | undefined;
  /** Keys whose entries go, since the conversation that they were made for gets its own key again. */
  readonly freed: readonly string[];
}

export function draftFor(facts: RestoreFacts, purpose: Purpose): Drafted {
  const index = openIndex(facts.index.state.kind === "read" ? facts.index.state.bytes : undefined);
  const refused = refusals(facts, index, purpose.freed);
  const headerId = facts.source.index?.header?.id;
  if (refused.length > 0 || "why" in index || headerId === undefined) return { refused };
  const rows = facts.rows.filter(({ key, storePath }) => !purpose.freed.includes(key) || !isOwnIndex(facts, storePath));
  return drawnUp({ ...facts, rows }, index, headerId, purpose);
}

function drawnUp(facts: RestoreFacts, index: IndexText, headerId: string, purpose: Purpose): RestoreDraft {
  const { request, now, source } = facts;
  const { target } = request;
  const key = target.key ?? `agent:${facts.agent.id}:dashboard:${facts.newUuid()}`;
  const outgoing: Outgoing = target.kind === "in-place" ? outgoingOf(facts, key) : { kind: "none" };
  const alsoCurrent = outgoing.kind === "registered" && facts.displaced ? [facts.displaced.sessionId] : [];
  const incoming = incomingOf(facts, headerId, key, alsoCurrent, purpose.freed.length > 0);

  const before = entryFields(index, key);
  const from = typeof before?.["sessionId"] === "string" ? before["sessionId"] : undefined;
  const checkpoints = incoming.hasNewId
    ? []
    : missingItems(facts, { key, sessionId: headerId, before: before?.["compactionCheckpoints"] });
  const fields = restoredFields(
    {
      key,
      sessionId: incoming.sessionId,
      sessionFile: incoming.path,
      from,
      now: Math.floor(now),
      compactions: source.index?.compactions.count ?? 0,
      checkpoints,
      before,
    },
    facts.surroundings.version,
  );
  const edits: readonly IndexEdit[] = [
    { key, edits: fields },
    ...registration(facts, outgoing, key, before),
    ...purpose.freed.map((freed) => ({ key: freed, removed: true }) as const),
  ];
  const after = editIndex(index, edits);
  const backups = [...movedBackups(facts), ...sourceBackups(facts, headerId)];
  const restored = restoredChange(facts, incoming);
  return {
    recipes: Object.fromEntries([
      ...backups.map(({ name, recipe }) => [name, recipe] as const),
      ...(restored === undefined ? [] : [[restored.name, restored.recipe] as const]),
      ["index", { kind: "bytes", bytes: after.bytes }] as const,
    ]),
    plan: {
      schema: 1,
      id: facts.id,
      kind: purpose.kind,
      createdAt: now,
      of: purpose.of,
      stateDir: { path: facts.stateDir.path, realPath: facts.stateDir.realPath },
      agentId: facts.agent.id,
      key,
      from,
      to: incoming.sessionId,
      source: source.file.path,
      changes: [
        ...(restored === undefined ? [] : [restored.change]),
        ...setAsideChange(outgoing),
        indexChange(facts),
        ...givenUpChange(outgoing),
      ],
      backups: backups.map(({ name, path }) => ({ path, sha256: contentName(name), bytes: -1 })),
      entries: entryEdits(
        index,
        after,
        edits.map((edit) => edit.key),
      ),
      sentences: planSentences({
        facts,
        key,
        incoming,
        outgoing,
        otherEntries: index.object.members.filter(({ name }) => edits.every((edit) => edit.key !== name)).length,
        checkpoints: checkpoints.length,
      }),
      advice: configAdvice(facts),
    },
  };
}

/** The transcript that comes back, when it has to be copied. A plain copy of a plain file is the same content as its backup. */
function restoredChange(
  facts: RestoreFacts,
  { path, recipe }: Incoming,
): { readonly name: string; readonly recipe: ContentRecipe; readonly change: FileChange } | undefined {
  if (recipe === undefined) return undefined;
  const isPlain =
    recipe.kind === "transcript" && recipe.firstLine === undefined && recipe.endsLine === undefined && !isPacked(facts);
  const name = isPlain ? "source" : "restored";
  // OpenClaw 2026.7.35 does not use a transcript again that is newer than its entry.
  const attributes = { mode: modeOf(facts), mtimeMs: Math.floor(facts.now) - 2_000 };
  return {
    name,
    recipe: isPlain ? { kind: "file", path: recipe.path } : recipe,
    change: { path, role: "restored", before: { kind: "absent" }, after: contentNamed(name, attributes) },
  };
}

function isPacked({ source }: RestoreFacts): boolean {
  const { name } = source.file;
  return name.kind === "archive" && name.zst;
}

/** As the neighbours are, and at least to be read and written by their owner. */
function modeOf({ disk }: RestoreFacts): number {
  return (disk.neighbours.mode & 0o777) | 0o600;
}

/** The conversation that was current gets an entry like the one it had, with nothing in it of the other conversation. */
function registration(
  { displaced, now }: RestoreFacts,
  outgoing: Outgoing,
  key: string,
  before: Readonly<Record<string, unknown>> | undefined,
): readonly IndexEdit[] {
  if (outgoing.kind !== "registered" || displaced === undefined) return [];
  const { sessionId } = displaced;
  const has = (name: string): boolean => before !== undefined && Object.hasOwn(before, name);
  const edits: FieldEdit[] = [
    { name: "sessionId", value: sessionId },
    { name: "sessionFile", value: outgoing.path },
    ...freshTimes(now),
  ];
  if (has("usageFamilyKey")) edits.push({ name: "usageFamilyKey", value: outgoing.key });
  if (has("usageFamilySessionIds")) edits.push({ name: "usageFamilySessionIds", value: [sessionId] });
  const listed = before?.["compactionCheckpoints"];
  if (Array.isArray(listed)) {
    const own = (listed as readonly unknown[]).filter((item) => isOfSession(item, sessionId));
    edits.push({ name: "compactionCheckpoints", value: own.length > 0 ? own : undefined });
  }
  return [{ key: outgoing.key, like: key, edits }];
}

function isOfSession(item: unknown, sessionId: string): boolean {
  return typeof item === "object" && item !== null && "sessionId" in item && item.sessionId === sessionId;
}
