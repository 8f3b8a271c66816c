import * as l10n from "@vscode/l10n";
import { shortened } from "../text/shortened";
import { entryBytes, type IndexRefusal, type IndexText, isDeep } from "./indexText";
import type { CheckCode, RestoreCheck } from "./restoreCheck";
import type { RestoreFacts } from "./restoreFacts";
import { canBeNamed } from "./targetName";

/**
 * Why no plan can be drawn up at all; empty when one can.
 *
 * @param otherKeys whose entries are touched besides that of the target
 */
export function refusals(
  facts: RestoreFacts,
  index: IndexText | IndexRefusal,
  otherKeys: readonly string[],
): readonly RestoreCheck[] {
  const { key } = facts.request.target;
  return [
    ...sourceRefusals(facts),
    ...indexRefusals(facts, index, key === undefined ? otherKeys : [key, ...otherKeys]),
    ...targetRefusals(facts, index),
  ];
}

function sourceRefusals({ source, displaced, request }: RestoreFacts): readonly RestoreCheck[] {
  const { path } = source.file;
  if (source.index === undefined) {
    const why = source.problem?.message ?? l10n.t("{0} cannot be read.", path);
    return [
      blocker("source-readable", why, l10n.t("Choose another copy of the window, or repair access to this one.")),
    ];
  }
  const { header } = source.index;
  if (header?.line !== 1 || source.firstLine === undefined) {
    return [
      blocker(
        "source-header",
        l10n.t("{0} does not begin with the header of a session; OpenClaw would empty such a transcript.", path),
        l10n.t("Choose another copy of the window; this one can be read and exported here."),
      ),
    ];
  }
  if (!canBeNamed(header.id)) {
    return [
      blocker(
        "source-ids",
        l10n.t("The header of {0} has the id {1}, which cannot be the name of a transcript.", path, quoted(header.id)),
        l10n.t("Choose another copy of the window; this one can be read and exported here."),
      ),
    ];
  }
  if (request.target.kind === "in-place" && displaced?.file?.path === source.realPath) {
    return [
      blocker(
        "already-current",
        l10n.t("{0} is what {1} points to already.", path, shortened(request.target.key)),
        l10n.t("There is nothing to restore; choose an earlier window."),
      ),
    ];
  }
  return [];
}

/** Why the index cannot be edited. */
export function indexRefusals(
  { index }: Pick<RestoreFacts, "index">,
  text: IndexText | IndexRefusal,
  keys: readonly string[],
): readonly RestoreCheck[] {
  const { path, state } = index;
  if (state.kind === "unreadable") {
    return [blocker("index-readable", state.problem.message, l10n.t("Repair access to {0}, then try again.", path))];
  }
  if (state.kind === "too-large") {
    return [
      blocker(
        "index-size",
        l10n.t("{0} is larger than what is edited in one piece.", path),
        l10n.t("Let OpenClaw clean up its index (openclaw sessions cleanup), then try again."),
      ),
    ];
  }
  if (!("why" in text)) {
    const deep = keys.find((key) => isDeep(entryBytes(text, key) ?? new Uint8Array(0)));
    if (deep === undefined) return [];
    return [
      blocker(
        "index-readable",
        l10n.t("In {0} the entry {1} is nested deeper than any that OpenClaw writes.", path, quoted(deep)),
        l10n.t("Restore under a new key, or remove that entry."),
      ),
    ];
  }
  const remedy = l10n.t(
    "Repair {0} first, or put a backup in its place: OpenClaw takes an index that it cannot read for empty, and its next write replaces it.",
    path,
  );
  switch (text.why) {
    case "not-json":
      return [
        blocker(
          "index-readable",
          text.line === undefined
            ? l10n.t("{0} is not JSON as OpenClaw reads it: it ends too early.", path)
            : l10n.t("{0} is not JSON as OpenClaw reads it: see line {1}.", path, text.line),
          remedy,
        ),
      ];
    case "not-object":
      return [blocker("index-readable", l10n.t("{0} holds something other than entries by key.", path), remedy)];
    case "duplicate-key":
      return [
        blocker(
          "index-duplicate-key",
          l10n.t("{0} has more than one entry of the key {1}.", path, quoted(text.key)),
          l10n.t("Remove all but the one that is meant; OpenClaw uses the last."),
        ),
      ];
  }
}

function targetRefusals(
  { request, agent, conversation }: RestoreFacts,
  index: IndexText | IndexRefusal,
): readonly RestoreCheck[] {
  const { target } = request;
  const { key } = target;
  if (key === undefined || "why" in index) return [];
  const exists = index.object.members.some(({ name }) => name === key);
  if (target.kind === "new-key" && exists) {
    return [
      blocker(
        "target-name",
        l10n.t("The key {0} is not new: the index has an entry of it.", quoted(key)),
        l10n.t("Choose another key, or restore in place."),
      ),
    ];
  }
  if (exists || conversation?.key === key) return [];
  const usable = key.startsWith(`agent:${agent.id}:`) && key.length <= 512 && key === key.toLowerCase();
  if (usable && !/[\u0000-\u001f\u007f]/.test(key)) return [];
  return [
    blocker(
      "target-name",
      l10n.t("{0} cannot be a new key of the agent {1}.", quoted(key), agent.id),
      l10n.t("Keys begin with agent:{0}: and have no capital letters.", agent.id),
    ),
  ];
}

function blocker(code: CheckCode, text: string, remedy: string): RestoreCheck {
  return { code, level: "blocker", text, remedy };
}

/** Ids and keys come from strangers: control characters are made visible. */
function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}
