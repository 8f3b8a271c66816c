import * as l10n from "@vscode/l10n";
import type { Agent, SessionFile, Window } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import { formatBytes } from "../../text/formatSize";
import { formatCount } from "../../text/formatCount";
import type { Finding, FindingSubject } from "../finding";
import type { FindingInput } from "../findingInput";
import { versionNow } from "../versionNow";

/** Checkpoint files that no row lists any more: OpenClaw cannot go back to them, and its clean-up may take them. */
export function* unlistedCheckpoints(input: FindingInput): Generator<Finding> {
  for (const agent of input.stateDir.agents) {
    if (agent.sqlite !== undefined) continue;
    const listed = listedFiles(agent);
    const told = new Set<string>();
    for (const { key, label, windows } of agent.conversations) {
      const lost = unlisted(windows, listed, told);
      const subject = { stateDir: input.stateDir.path, agentId: agent.id, key };
      if (lost[0] !== undefined) yield unlistedOf(input, label, subject, [lost[0], ...lost.slice(1)]);
    }
    const lost = unlisted(agent.orphans, listed, told);
    const subject = { stateDir: input.stateDir.path, agentId: agent.id };
    const label = l10n.t("agent {0}", agent.id);
    if (lost[0] !== undefined) yield unlistedOf(input, label, subject, [lost[0], ...lost.slice(1)]);
  }
}

interface Lost {
  readonly window: Window;
  readonly file: SessionFile;
}

function unlisted(windows: readonly Window[], listed: ReadonlySet<string>, told: Set<string>): readonly Lost[] {
  const found: Lost[] = [];
  for (const window of windows) {
    for (const file of window.primary === undefined ? window.copies : [window.primary, ...window.copies]) {
      if (file.kept !== undefined) continue;
      if (file.name.kind !== "checkpoint" || listed.has(file.name.base) || told.has(file.path)) continue;
      told.add(file.path);
      found.push({ window, file });
    }
  }
  return found;
}

/** By base name: rows keep absolute paths, and the directory may have been moved. */
function listedFiles({ conversations }: Agent): ReadonlySet<string> {
  const bases = new Set<string>();
  for (const { row } of conversations) {
    for (const { preSessionFile } of row?.checkpoints ?? []) {
      const base = preSessionFile?.split(/[\\/]/).at(-1);
      if (base !== undefined) bases.add(base);
    }
  }
  return bases;
}

function unlistedOf(
  input: FindingInput,
  label: string,
  subject: FindingSubject,
  lost: readonly [Lost, ...Lost[]],
): Finding {
  const [{ file, window }] = lost;
  const bytes = lost.reduce((sum, each) => sum + each.file.bytes, 0);
  return {
    code: "checkpoint.lost-row",
    severity: "info",
    title: l10n.t("Compaction checkpoints of {0} are no longer listed", label),
    detail: l10n.t(
      "No row of the index lists what was saved before a compaction: {0}, {1}.",
      formatCount("checkpoint", lost.length),
      formatBytes(bytes),
    ),
    evidence: [
      evidence("file-name", () => l10n.t("{0} is named by no row of the session index.", file.name.base), {
        file: file.path,
      }),
    ],
    next: l10n.t(
      "They can be read here. Copy those that matter: OpenClaw itself neither shows them nor goes back to them.",
    ),
    place: { file: file.path },
    subject: lost.length === 1 ? { ...subject, windowId: window.windowId } : subject,
    at: window.lastAt,
    knownIssues: issuesOfFinding("checkpoint.lost-row", { version: versionNow(input) }),
  };
}
