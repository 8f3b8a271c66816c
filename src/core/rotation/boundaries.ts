import type { Agent, Conversation, SessionFile, StateDir, Window } from "../conversation/model";
import { parseSessionKey } from "../names/sessionKey";
import { usable } from "./compared";
import type { Boundary } from "./rotation";
import { unjoinedBetween } from "./unjoinedBetween";
import { WindowOrder } from "./windowOrder";

/**
 * Where windows ended, oldest first within a conversation. A window that was restored and reset again ended several times,
 * once per archive; the current one has not ended; copies of what was compacted or cut (`.bak.`, checkpoints) end nothing.
 */
export function boundariesOf(stateDir: StateDir, agent: Agent): readonly Boundary[] {
  const found: Boundary[] = [];
  for (const conversation of agent.conversations) {
    found.push(...boundariesOfConversation(stateDir, agent, conversation));
  }
  for (const window of agent.orphans) found.push(...boundariesOfOrphan(stateDir, agent, window));
  return found;
}

export function boundariesOfConversation(
  stateDir: StateDir,
  agent: Agent,
  conversation: Conversation,
): readonly Boundary[] {
  const { windows } = conversation;
  const [first] = windows;
  if (first === undefined) return [];
  if (windows.length === 1 && isCurrent(first, conversation) && !isSetAside(first) && !isMovedAside(conversation)) {
    return [];
  }
  const order = new WindowOrder(conversation);
  const place = { stateDir: stateDir.path, agentId: agent.id, conversation, agent };
  const found: Boundary[] = [];
  for (const window of order.windows) {
    const archives = archivesOf(window);
    if (archives.length === 0 && (isCurrent(window, conversation) || !endsSomething(window))) continue;
    if (archives.length === 0) found.push(boundary(place, window, order.after(window)));
    for (const archive of archives) {
      const at = stampOf(archive);
      const to = at === undefined ? order.after(window) : order.startedFrom(window, at);
      found.push(boundary(place, window, to, archive));
    }
  }
  const moved = isMovedAside(conversation) ? movedAside(place, agent, first) : undefined;
  return distinct(moved === undefined ? found : [...found, moved]);
}

/** A transcript of which nothing tells the conversation ended too: nobody continues it. What followed is not known. */
export function boundariesOfOrphan(stateDir: StateDir, agent: Agent, window: Window): readonly Boundary[] {
  const place = { stateDir: stateDir.path, agentId: agent.id, conversation: undefined, agent };
  const archives = archivesOf(window);
  if (archives.length === 0) return endsSomething(window) ? [boundary(place, window, undefined)] : [];
  return distinct(archives.map((archive) => boundary(place, window, undefined, archive)));
}

type Whose = Pick<Boundary, "stateDir" | "agentId" | "conversation"> & { readonly agent: Agent };

function boundary(whose: Whose, from: Window, to: Window | undefined, archive?: SessionFile): Boundary {
  const { conversation } = whose;
  const when = momentOf(archive, to, conversation);
  const isPair = archive !== undefined && to !== undefined && conversation !== undefined;
  const between = isPair ? unjoinedBetween(whose.agent, conversation, { from, to, at: when.at }) : undefined;
  // Spelled out: there may be ten thousand of them, and spreading costs more than all the rest.
  return {
    id: `${whose.agentId}/${from.sessionId}`,
    stateDir: whose.stateDir,
    agentId: whose.agentId,
    conversation,
    from,
    to: between === undefined ? to : undefined,
    between,
    at: when.at,
    atFrom: when.atFrom,
    archive,
  };
}

function momentOf(
  archive: SessionFile | undefined,
  to: Window | undefined,
  conversation: Conversation | undefined,
): Pick<Boundary, "at" | "atFrom"> {
  const stamp = archive && stampOf(archive);
  if (stamp !== undefined) return { at: stamp, atFrom: "archive-stamp" };
  if (to === undefined) return { at: undefined, atFrom: "nothing" };
  const { primary, firstAt } = to;
  const header = usable(primary?.head?.headerAt ?? primary?.index?.header?.at);
  if (header !== undefined) return { at: header, atFrom: "next-header" };
  const entry = primary === undefined ? undefined : usable(firstAt);
  if (entry !== undefined) return { at: entry, atFrom: "next-entry" };
  // Of a run that failed before its first answer nothing but the trace is left.
  const trace = to.kind === "trajectory-only" ? usable(firstAt) : undefined;
  if (trace !== undefined) return { at: trace, atFrom: "next-trace" };
  const row = conversation?.row;
  const started = row?.sessionId === to.sessionId ? usable(row.sessionStartedAt) : undefined;
  if (started !== undefined) return { at: started, atFrom: "store-row" };
  return { at: undefined, atFrom: "nothing" };
}

/** Doctor gave the old main transcript a key of its own (2026.5.5+); main went on with a new one. */
function movedAside(whose: Whose, agent: Agent, window: Window): Boundary | undefined {
  const main = agent.conversations.find(({ key }) => parseSessionKey(key).about.kind === "main");
  const next = main && new WindowOrder(main).startedFrom(window, window.lastAt ?? -Infinity);
  return main && boundary({ ...whose, conversation: main }, window, next);
}

function isMovedAside({ key }: Conversation): boolean {
  return key.includes(":heartbeat-recovered-");
}

function isCurrent(window: Window, { row }: Conversation): boolean {
  return window.kind === "live" || (row !== undefined && row.sessionId === window.sessionId);
}

function isSetAside(window: Window): boolean {
  return archivesOf(window).length > 0;
}

/** Copies that were made of a window end nothing. */
function endsSomething({ kind }: Window): boolean {
  return kind !== "bak" && kind !== "checkpoint";
}

function archivesOf({ primary, copies }: Window): readonly SessionFile[] {
  if (primary === undefined) return [];
  if (copies.length === 0) return isEnd(primary) ? [primary] : [];
  return [primary, ...copies].filter(isEnd).sort((a, b) => (stampOf(a) ?? 0) - (stampOf(b) ?? 0));
}

function isEnd({ name }: SessionFile): boolean {
  return name.kind === "archive" && name.reason !== "bak";
}

function stampOf({ name }: SessionFile): number | undefined {
  return name.kind === "archive" ? usable(name.at) : undefined;
}

/** Two copies of one archive (one of them compressed) are one end. */
function distinct(boundaries: readonly Boundary[]): readonly Boundary[] {
  if (boundaries.length < 2) return boundaries;
  const seen = new Set<string>();
  const ends = new Map<string, number>();
  return boundaries.flatMap((each) => {
    const { from, at, id } = each;
    const identity = `${from.windowId}\n${String(at)}`;
    if (seen.has(identity)) return [];
    seen.add(identity);
    // No time in it: that of a reset without an archive is told by what follows, and becomes more exact as that is written.
    const end = (ends.get(id) ?? 0) + 1;
    ends.set(id, end);
    return end === 1 ? [each] : [{ ...each, id: `${id}/${end}` }];
  });
}
