import * as l10n from "@vscode/l10n";
import type { Agent, StorageEra } from "../core/conversation/model";
import type { Problem } from "../core/problem";

/** How the sessions of a state directory are kept, told by what is there. Nothing understood is a problem, never just empty. */
export function eraOf(
  agents: readonly Agent[],
  stateDir: string,
): { readonly era: StorageEra; readonly problems: readonly Problem[] } {
  // Archives stay where they are when a host moves to tables (2026.8+); a store beside the tables is a move under way.
  if (agents.some(({ sqlite }) => sqlite !== undefined)) {
    return { era: agents.some(hasStore) ? "mixed" : "sqlite", problems: [] };
  }
  if (agents.some(hasFiles)) return { era: "files", problems: [] };
  const strange = agents.some(({ otherFiles }) => otherFiles.some(({ name }) => name.kind === "unknown"));
  if (!strange) return { era: "empty", problems: [] };
  return {
    era: "unknown",
    problems: [
      {
        code: "state.unknown-layout",
        message: l10n.t(
          "The sessions directories in {0} hold files, but none with a name that OpenClaw up to 2026.9.6 uses. A newer version may keep sessions in another way; the files are listed as they are.",
          stateDir,
        ),
        file: stateDir,
      },
    ],
  };
}

/** A store, a transcript or a trace: OpenClaw up to 2026.7.35. */
function hasFiles(agent: Agent): boolean {
  return hasStore(agent) || agent.orphans.length > 0 || agent.conversations.length > 0;
}

function hasStore({ otherFiles }: Agent): boolean {
  return otherFiles.some(({ name }) => name.kind === "side" && name.role === "store");
}
