import * as l10n from "@vscode/l10n";
import type { NonEmpty } from "../evidence/evidence";
import { messageCount } from "../index/transcriptIndex";
import { formatCount } from "../text/formatCount";
import { shortened } from "../text/shortened";
import { toldTime } from "../text/toldTime";
import type { Incoming } from "./incoming";
import { nextResetSentences } from "./nextReset";
import { baseName } from "./places";
import type { RestoreFacts } from "./restoreFacts";
import type { Outgoing } from "./setAside";

/** What a plan comes to, for putting it into words. */
export interface PlannedRestore {
  readonly facts: RestoreFacts;
  readonly key: string;
  readonly incoming: Incoming;
  readonly outgoing: Outgoing;
  /** Entries of the index that stay as they are. */
  readonly otherEntries: number;
  /** Checkpoints that the entry lists again. */
  readonly checkpoints: number;
}

/** What will happen, one thing per sentence, without any of what was said. */
export function planSentences(planned: PlannedRestore): NonEmpty<string> {
  const { facts, key, checkpoints } = planned;
  return [
    comesBack(planned),
    transcriptSentence(planned),
    ...newIdSentences(planned),
    ...outgoingSentences(planned.outgoing, key, facts.displaced?.messages),
    ...(checkpoints > 0 ? [l10n.t("Its entry lists {0} again.", formatCount("checkpoint", checkpoints))] : []),
    indexSentence(planned),
    l10n.t(
      "Nothing else is touched. Before anything is changed, the index and every transcript involved are copied to {0}.",
      facts.disk.vault,
    ),
    ...nextResetSentences(facts.surroundings, facts.now),
  ];
}

function comesBack({ facts, key }: PlannedRestore): string {
  const { index } = facts.source;
  const [first, last] = [toldTime(index?.firstAt), toldTime(index?.lastAt)];
  const messages = formatCount("message", index === undefined ? 0 : messageCount(index.roles));
  const shown = shortened(key);
  if (index === undefined) return l10n.t("The conversation comes back under the key {0}.", shown);
  if (first === undefined || last === undefined) return l10n.t("{0} come back under the key {1}.", messages, shown);
  return l10n.t("{0} come back under the key {1}, from {2} to {3}.", messages, shown, first, last);
}

function transcriptSentence({ facts, incoming }: PlannedRestore): string {
  const [source, target] = [baseName(facts.source.file.path), baseName(incoming.path)];
  if (incoming.recipe === undefined) {
    return l10n.t("The transcript {0} is there under its own name and is not changed; the key points to it.", source);
  }
  if (incoming.isRenamed) {
    return l10n.t(
      "{0} is copied to {1}, since the plain name is in use by another conversation; the file it comes from stays as it is.",
      source,
      target,
    );
  }
  return l10n.t("{0} is copied to {1}; the file it comes from stays as it is.", source, target);
}

function newIdSentences({ facts, incoming }: PlannedRestore): readonly string[] {
  if (!incoming.hasNewId) return [];
  if (facts.source.file.name.kind === "checkpoint") {
    return [
      l10n.t(
        "The copy gets an id of its own, {0}, since the compacted transcript keeps the old one and stays a window.",
        incoming.sessionId,
      ),
    ];
  }
  return [
    l10n.t("The copy gets an id of its own, {0}, since the old one is current under another key.", incoming.sessionId),
  ];
}

/** What becomes of the conversation that is current under the key now. */
export function outgoingSentences(outgoing: Outgoing, key: string, messages: number | undefined): readonly string[] {
  const shown = shortened(key);
  const said = formatCount("message", messages ?? 0);
  switch (outgoing.kind) {
    case "none":
      return [l10n.t("Nothing is current under {0} now, so nothing is set aside.", shown)];
    case "no-file":
      return [
        l10n.t("The entry of {0} names a transcript that does not exist, so there is nothing to set aside.", shown),
      ];
    case "archived":
      return [
        messages === undefined
          ? l10n.t(
              "What is current there now is set aside as {0}, like a reset does it; nothing of it is lost.",
              baseName(outgoing.to),
            )
          : l10n.t(
              "What is current there now ({0}) is set aside as {1}, like a reset does it; nothing of it is lost.",
              said,
              baseName(outgoing.to),
            ),
      ];
    case "registered":
      return [
        messages === undefined
          ? l10n.t("What is current there now goes on under a key of its own, {0}.", outgoing.key)
          : l10n.t("What is current there now ({0}) goes on under a key of its own, {1}.", said, outgoing.key),
      ];
    case "shared":
      return [
        l10n.t(
          "What is current there now is current under {0} as well, and stays so; its transcript is not touched.",
          shortened(outgoing.key),
        ),
      ];
    case "is-archive":
      return [l10n.t("The entry points to the archive {0} itself, which stays as it is.", baseName(outgoing.path))];
  }
}

function indexSentence({ facts, otherEntries }: PlannedRestore): string {
  const index = baseName(facts.index.path);
  if (facts.index.state.kind === "absent") return l10n.t("{0} does not exist and is made with this one entry.", index);
  if (otherEntries === 0) return l10n.t("{0} is written again with this entry.", index);
  return l10n.t(
    "Of {0} only this changes; the rest stays byte for byte ({1}).",
    index,
    formatCount("entry", otherEntries),
  );
}
