import * as l10n from "@vscode/l10n";
import type { Conversation } from "../conversation/model";
import { evidence } from "../evidence/evidence";
import type { VersionFact } from "../surroundings/surroundings";
import { surroundingsOf } from "../surroundings/surroundingsOf";
import { compareVersions } from "../surroundings/versionFact";
import type { FindingInput } from "./findingInput";

/** The last release that keeps sessions in files. One that keeps them in tables imports the files when it starts. */
const LAST_WITH_FILES = "2026.7.35";

/** Which OpenClaw works on the state directory now. */
export function versionNow(input: FindingInput): VersionFact {
  const known = remembered.get(input);
  if (known !== undefined) return known;
  const surroundings = input.surroundings ?? surroundingsOf(input.stateDir, input.evidence);
  const found = withoutTables(input, surroundings("", undefined, undefined).version);
  remembered.set(input, found);
  return found;
}

/** The version at the time of a conversation's newest rotation, else the one of now. */
export function versionOfConversation(input: FindingInput, { windows }: Conversation): VersionFact {
  for (const { windowId } of windows) {
    const version = input.rotationsFrom.get(windowId)?.at(-1)?.surroundings.version;
    if (version !== undefined && version.kind !== "unknown") return version;
  }
  return versionNow(input);
}

/** Several rules ask. */
const remembered = new WeakMap<FindingInput, VersionFact>();

/** Marks say what the version is at least; where it may be newer, sessions in files say what it is at most. */
function withoutTables({ stateDir }: FindingInput, version: VersionFact): VersionFact {
  if (stateDir.era !== "files" || version.kind === "exact") return version;
  if (version.kind === "unknown") return version;
  if (version.until !== undefined && compareVersions(version.until, LAST_WITH_FILES) <= 0) return version;
  // A version with tables left its marks, and files are here: nothing fits.
  if (version.from !== undefined && compareVersions(version.from, LAST_WITH_FILES) > 0) return version;
  const said = evidence("store", () =>
    l10n.t("Sessions are kept in files here, so OpenClaw is {0} at most.", LAST_WITH_FILES),
  );
  const [first, ...others] = version.evidence;
  return { ...version, until: LAST_WITH_FILES, evidence: [first, ...others, said] };
}
