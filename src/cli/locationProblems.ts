import * as l10n from "@vscode/l10n";
import type { LookedAt, Snapshot, StateDir } from "../core/conversation/model";
import type { Problem } from "../core/problem";
import { visibleLine } from "../core/text/visibleText";

/** When there is no state directory at all: where it was looked for, and what to do. */
export function nothingFound({ stateDirs, lookedAt }: Snapshot): Problem | undefined {
  if (stateDirs.length > 0) return undefined;
  const remedy = l10n.t("No OpenClaw state directory was found. Name one with --state-dir <directory>.");
  const places = lookedAt.map((place) => `  ${visibleLine(place.path, 500)}: ${outcome(place)}`);
  return {
    code: "state.not-found",
    message: places.length === 0 ? remedy : `${remedy} ${l10n.t("These places were looked at:")}\n${places.join("\n")}`,
  };
}

/** Whether a directory that the user named is none. The inspector says so in its problems; here it is about the exit code. */
export function isNamedInVain({ lookedAt }: Snapshot): boolean {
  return lookedAt.some((place) => place.outcome !== "state directory");
}

/** Whether no state directory holds anything that could be told of: then "nothing was reset" would be no answer. */
export function isEverythingEmpty({ stateDirs }: Snapshot): boolean {
  return stateDirs.length > 0 && stateDirs.every(isEmpty);
}

/** Directories without sessions, where somebody named them or where there is nothing else. */
export function emptyDirectories(
  snapshot: Snapshot,
  { stateDir }: { readonly stateDir?: readonly string[] },
): readonly Problem[] {
  if (stateDir === undefined && !isEverythingEmpty(snapshot)) return [];
  return snapshot.stateDirs.filter(isEmpty).map(({ path }) => ({
    code: "state.empty",
    message: l10n.t(
      "{0} holds no sessions. OpenClaw may keep them elsewhere: `--state-dir <directory>` names another state directory.",
      path,
    ),
    file: path,
  }));
}

function isEmpty({ agents, era }: StateDir): boolean {
  if (era === "sqlite" || era === "mixed" || era === "unknown") return false;
  return agents.every(({ conversations, orphans, sqlite }) => {
    return conversations.length === 0 && orphans.length === 0 && sqlite === undefined;
  });
}

function outcome(place: LookedAt): string {
  const reason = visibleLine(place.why, 200);
  switch (place.outcome) {
    case "state directory":
      return l10n.t("a state directory. {0}", reason);
    case "absent":
      return l10n.t("not there. {0}", reason);
    case "not a state directory":
      return l10n.t("no state directory. {0}", reason);
    case "unreadable":
      return l10n.t("it cannot be read. {0}", reason);
  }
}
