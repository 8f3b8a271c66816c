import * as l10n from "@vscode/l10n";
import type { Agent, Conversation, Opening, Window } from "../conversation/model";
import { type Evidence, evidence } from "../evidence/evidence";
import { iso, usable } from "./compared";
import type { Cause, Rotation } from "./rotation";
import { startOf } from "./windowOrder";

/**
 * From 2026.5.18 on an agent call leaves the transcript of a stale session under its name, and nothing names its conversation any
 * more. Where one transcript is left like this, and one conversation alone can have gone on from it, that is worth a guess: never
 * more than a possible cause, and the boundary itself stays without a conversation.
 */
export function guessSuccessor(agent: Agent): GuessedSuccessor | undefined {
  const [orphan, ...otherOrphans] = agent.orphans.filter(isLeftByCall);
  if (orphan === undefined || otherOrphans.length > 0) return undefined;
  const [conversation, ...others] = agent.conversations.filter((each) => mayGoOnFrom(orphan, each));
  const to = conversation?.windows[0];
  if (conversation === undefined || to === undefined || others.length > 0) return undefined;
  return { orphan, conversation, to, at: startOf(to) };
}

export interface GuessedSuccessor {
  readonly orphan: Window;
  readonly conversation: Conversation;
  readonly to: Window;
  /** Epoch ms. */
  readonly at: number;
}

/** What a policy says about the guessed boundary, as causes of the one without a conversation. */
export function guessedCauses({ causes, conversation, to }: Rotation): readonly Cause[] {
  const said = evidence("store", () =>
    l10n.t(
      "The only conversation that can have gone on from it is {0}: it has no earlier session, was opened in the same way and began {1}. This is a guess, and what follows is about it.",
      conversation?.key ?? "",
      iso(to === undefined ? Number.NaN : startOf(to)),
    ),
  );
  return causes.flatMap((cause) => (cause.cause === "daily" || cause.cause === "idle" ? [asGuess(cause, said)] : []));
}

function asGuess({ cause, evidence: found, against, missing }: Cause, said: Evidence): Cause {
  const unnamed = l10n.t(
    "Nothing on disk names the conversation of this session: a run trace would, or a copy of the store.",
  );
  return { cause, confidence: "possible", evidence: [said, ...found], against, missing: [...missing, unnamed] };
}

/** A plain transcript that a person opened. */
function isLeftByCall({ kind, primary }: Window): boolean {
  return kind === "orphan" && primary?.head?.opening?.speaker === "user";
}

function mayGoOnFrom({ primary, lastAt }: Window, { group, windows, row }: Conversation): boolean {
  const [only, ...others] = windows;
  const ended = usable(lastAt);
  if (group !== "people" && group !== "other") return false;
  if (row === undefined || only?.kind !== "live" || others.length > 0 || ended === undefined) return false;
  if (startOf(only) < ended || only.primary?.head?.cwd !== primary?.head?.cwd) return false;
  return openedAlike(primary?.head?.opening, only.primary?.head?.opening);
}

function openedAlike(one: Opening | undefined, other: Opening | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.speaker === other.speaker && one.sender === other.sender && one.stamped === other.stamped;
}
