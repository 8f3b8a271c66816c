import { buildConversation } from "../conversation/conversation";
import type { Agent, Conversation, Window } from "../conversation/model";
import { goneFile, missingWindow } from "./goneFile";
import type { Boundary, Rotation } from "./rotation";
import type { ResetRecord } from "./rotationFacts";
import { startOf } from "./windowOrder";

/** Clocks and the order of steps differ by so much at most, ms. */
const ABOUT_MS = 1_000;
/** Without an archive the moment becomes more exact as the next transcript is written, ms. */
const SAME_END_MS = 2 * 60_000;

/** What the inspector saw when it happened: it names the conversation and both sessions, whatever is left on disk. */
export class SeenResets {
  readonly #records: readonly ResetRecord[];
  readonly #bySession = new Map<string, ResetRecord[]>();
  readonly #gone = new Map<string, Conversation>();
  readonly #windows = new WeakMap<Agent, ReadonlyMap<string, readonly Window[]>>();

  constructor(records: readonly ResetRecord[]) {
    this.#records = records;
    for (const record of records) {
      for (const id of new Set([record.fromSessionId, record.toSessionId])) {
        if (id === undefined) continue;
        const name = nameOf(record.agentId, id);
        const others = this.#bySession.get(name);
        if (others === undefined) this.#bySession.set(name, [record]);
        else others.push(record);
      }
    }
  }

  /** What followed, and in which conversation, as it was seen; what was not seen stays as it is. */
  settled(agent: Agent, boundary: Boundary): Boundary {
    const { conversation, from, to } = boundary;
    if (this.#bySession.size === 0) return boundary;
    const gone = from.primary === undefined ? this.#onlyEndOf(agent, boundary) : undefined;
    if (gone !== undefined) return this.#goneBoundary(agent, gone, boundary);
    const seen = this.#recordOf(agent, boundary);
    const naming = seen ?? (conversation === undefined ? this.#naming(agent, from.sessionId) : undefined);
    if (naming === undefined) return boundary;
    const settled = { ...boundary, conversation: conversation ?? this.#conversation(agent, naming.key, from), naming };
    const next = seen?.toSessionId;
    // One id may have several windows; which of them followed is then told by the clock.
    if (seen === undefined || next === undefined || next === from.sessionId) return settled;
    if (next === to?.sessionId && to.primary !== undefined) return settled;
    return { ...settled, to: this.#next(agent, seen, next), between: undefined };
  }

  /** Resets that were seen and of which nothing is left on disk, unless they are explained already. */
  goneOf(stateDir: string, agent: Agent, explained: readonly Rotation[]): readonly Boundary[] {
    if (!this.#records.some(({ agentId }) => agentId === agent.id)) return [];
    const own = explained.filter(({ agentId }) => agentId === agent.id);
    const ids = new Set(own.map(({ id }) => id));
    const ended = new Set(own.map(({ from }) => from.sessionId));
    return this.#records.flatMap((record) => {
      const { id, agentId, fromSessionId } = record;
      if (agentId !== agent.id || ids.has(id) || ended.has(fromSessionId)) return [];
      if (
        this.#windowsOf(agent)
          .get(fromSessionId)
          ?.some(({ primary }) => primary !== undefined) === true
      )
        return [];
      ids.add(id);
      return [this.#goneBoundary(agent, record, { stateDir, conversation: undefined })];
    });
  }

  #goneBoundary(
    agent: Agent,
    record: ResetRecord,
    { stateDir, conversation }: Pick<Boundary, "stateDir" | "conversation">,
  ): Boundary {
    const { id, agentId, fromSessionId, toSessionId, at, key } = record;
    const known = this.#windowsOf(agent).get(fromSessionId)?.[0];
    const from = known ?? missingWindow(agentId, fromSessionId);
    return {
      id,
      stateDir,
      agentId,
      conversation: conversation ?? this.#conversation(agent, key, from),
      from,
      to: toSessionId === undefined ? undefined : this.#next(agent, record, toSessionId),
      at,
      atFrom: "archive-stamp",
      archive: record.archive === undefined ? undefined : goneFile(record.archive, record.fromFile),
      naming: record,
    };
  }

  /** The record of this end: by the clock, for a session that was brought back ended several times. */
  #recordOf(agent: Agent, { from, conversation, at }: Boundary): ResetRecord | undefined {
    if (at === undefined) return undefined;
    const distance = (record: ResetRecord): number => Math.abs(record.at - at);
    return (this.#bySession.get(nameOf(agent.id, from.sessionId)) ?? [])
      .filter(
        (record) =>
          record.fromSessionId === from.sessionId &&
          (conversation === undefined || record.key === conversation.key) &&
          distance(record) <= SAME_END_MS,
      )
      .reduce<ResetRecord | undefined>(
        (nearest, each) => (nearest === undefined || distance(each) < distance(nearest) ? each : nearest),
        undefined,
      );
  }

  /** Where nothing is left of a session, the one time that it was seen to end. */
  #onlyEndOf(agent: Agent, { from, conversation }: Boundary): ResetRecord | undefined {
    const [only, ...others] = (this.#bySession.get(nameOf(agent.id, from.sessionId)) ?? []).filter(
      ({ fromSessionId, key }) =>
        fromSessionId === from.sessionId && (conversation === undefined || key === conversation.key),
    );
    return others.length === 0 ? only : undefined;
  }

  /** Of a session that was seen as somebody's, before this end or after it. Two keys name none. */
  #naming(agent: Agent, sessionId: string): ResetRecord | undefined {
    const [first, ...others] = this.#bySession.get(nameOf(agent.id, sessionId)) ?? [];
    return others.every(({ key }) => key === first?.key) ? first : undefined;
  }

  #conversation(agent: Agent, key: string, from: Window): Conversation {
    const there = agent.conversations.find((each) => each.key === key);
    if (there !== undefined) return there;
    const name = nameOf(agent.id, key);
    let gone = this.#gone.get(name);
    if (gone === undefined) {
      const facts = { key, agentId: agent.id, row: undefined, currentId: undefined, problems: [] };
      this.#gone.set(name, (gone = buildConversation({ ...facts, windows: [from] })));
    }
    return gone;
  }

  /** What followed; what was kept of it, where it is gone. */
  #next(agent: Agent, { at, toFile }: ResetRecord, sessionId: string): Window {
    const windows = this.#windowsOf(agent).get(sessionId) ?? [];
    const next = windows.find((window) => startOf(window) >= at - ABOUT_MS) ?? windows[0];
    if (next?.primary !== undefined) return next;
    const missing = next ?? missingWindow(agent.id, sessionId);
    return toFile === undefined ? missing : { ...missing, primary: goneFile(toFile.path, toFile) };
  }

  /** By session, the earliest first. */
  #windowsOf(agent: Agent): ReadonlyMap<string, readonly Window[]> {
    let found = this.#windows.get(agent);
    if (found === undefined) {
      const groups = new Map<string, Window[]>();
      const windows = [...agent.conversations.flatMap((each) => each.windows), ...agent.orphans];
      for (const window of windows.sort((one, other) => startOf(one) - startOf(other) || 0)) {
        if (window.kind === "bak" || window.kind === "checkpoint") continue;
        const others = groups.get(window.sessionId);
        if (others === undefined) groups.set(window.sessionId, [window]);
        else others.push(window);
      }
      this.#windows.set(agent, (found = groups));
    }
    return found;
  }
}

function nameOf(agentId: string, name: string): string {
  return `${agentId}\n${name}`;
}
