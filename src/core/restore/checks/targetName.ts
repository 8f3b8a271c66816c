import * as l10n from "@vscode/l10n";
import { blocker, type Check, ok, quoted } from "./check";
import { baseName } from "../places";
import { created } from "./subject";

/** Nothing is written over: after `sessions.reset` of 2026.3.28–2026.5.7 the file named after the old session is the current one. */
export const checkTargetName: Check = function* ({ names, source }, draft) {
  if (draft === undefined) return;
  const there = new Set(names);
  for (const { path, role } of created(draft)) {
    const name = baseName(path);
    if (role !== "index" && there.has(name)) {
      yield blocker(
        "target-name",
        l10n.t("{0} exists already and would be written over.", quoted(name)),
        l10n.t("Make a new plan; if this happens again, move that file away or restore into a new key."),
      );
      return;
    }
    if (role !== "restored") continue;
    const usual = `${source.index?.header?.id ?? ""}.jsonl`;
    yield ok(
      "target-name",
      name !== usual && there.has(usual)
        ? l10n.t("{0} exists and is left as it is; the conversation comes back as {1}.", quoted(usual), quoted(name))
        : l10n.t("The conversation comes back as {0}, a name that is free.", quoted(name)),
    );
  }
};
