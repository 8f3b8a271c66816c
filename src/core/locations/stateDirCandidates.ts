import * as l10n from "@vscode/l10n";
import { absolutePath, homeDirectories, valueOf, type HomeDirectory, type Surroundings } from "./homeDirectories";
import type { VersionRange } from "./versionRange";

/** Where to look for state directories. */
export interface LocationQuery extends Surroundings {
  /** Directories the user named; `~` is expanded. */
  readonly explicitDirectories: readonly string[];
  /** What named them, as people know it: "setting openclawSessions.stateDirectories", "--state-dir". */
  readonly explicitSource: string;
  /** Folders open in the editor: each is a candidate if it *is* a state directory or has ones in it. */
  readonly workspaceFolders: readonly string[];
}

/** How sure the path is before anything was looked at; decides what must be found there. */
export type CandidateKind = "explicit" | "environment" | "home" | "legacy" | "profile" | "workspace";

export interface StateDirCandidate {
  readonly path: string;
  readonly kind: CandidateKind;
  /** Short: "OPENCLAW_STATE_DIR", "workspace folder". */
  readonly foundBy: string;
  /** A whole sentence for the list of what was looked at. */
  readonly why: string;
  readonly versions: VersionRange;
}

const always: VersionRange = { from: "2026.1.29", until: undefined };

const stateVariables: readonly { readonly variable: string; readonly versions: VersionRange }[] = [
  { variable: "OPENCLAW_STATE_DIR", versions: always },
  { variable: "CLAWDBOT_STATE_DIR", versions: { from: "2026.1.29", until: "2026.3.31" } },
];

export const stateDirName = ".openclaw";

/** Names from before the product was called OpenClaw, in the order in which OpenClaw tries them. */
const legacyNames: readonly { readonly name: string; readonly versions: VersionRange }[] = [
  { name: ".clawdbot", versions: always },
  { name: ".moltbot", versions: { from: "2026.1.29", until: "2026.3.13" } },
  { name: ".moldbot", versions: { from: "2026.1.29", until: "2026.3.13" } },
];

/**
 * Every place where a state directory may be, in the order in which they should be shown: what the user named, then
 * OpenClaw's own order (2026.1.29–2026.9.6: resolveStateDir, applyCliProfileEnv), then folders open in the editor. OpenClaw
 * stops at the first that exists; we do not, because the gateway's environment may differ from ours and because an older
 * directory still holds conversations.
 *
 * Profiles are found by listing the home directories: see `profileDirectories` and `isProfileName`.
 */
export function stateDirCandidates(query: LocationQuery): readonly StateDirCandidate[] {
  return [
    ...explicitCandidates(query),
    ...environmentCandidates(query),
    ...homeDirectories(query).flatMap((home) => homeCandidates(query, home)),
    ...query.workspaceFolders.map((folder) => workspaceCandidate(query, folder)),
  ];
}

/** Only what the user named: the command line's `--state-dir`. */
export function explicitCandidates(query: LocationQuery): readonly StateDirCandidate[] {
  return query.explicitDirectories
    .filter((directory) => directory.trim() !== "")
    .map((directory) => ({
      path: absolutePath(query, directory.trim()),
      kind: "explicit",
      foundBy: query.explicitSource,
      why: l10n.t("It is named by {0}.", query.explicitSource),
      versions: always,
    }));
}

/**
 * Directories whose listing may show profiles (`openclaw --profile work` keeps its state in `~/.openclaw-work`), with the
 * home directory each came from.
 */
export function profileDirectories(query: LocationQuery): readonly string[] {
  return homeDirectories(query).map((home) => home.path);
}

/**
 * Whether a name beside `.openclaw` may be a profile or a kept copy: `.openclaw-work`, `.openclaw.bak`. What is in it decides
 * (see `hasStateDirMark`).
 */
export function isProfileName(name: string): boolean {
  return name.startsWith(stateDirName) && name !== stateDirName;
}

/** Whether a directory in a home directory may hold state, going by its name: `.openclaw`, `.openclaw-work`. */
export function isStateDirName(name: string): boolean {
  return name.startsWith(stateDirName);
}

/** The candidate for a directory found beside `.openclaw`, e.g. `/home/u` + `.openclaw-work`. */
export function profileCandidate(query: LocationQuery, home: string, name: string): StateDirCandidate {
  const profile = name.startsWith(`${stateDirName}-`) ? name.slice(stateDirName.length + 1) : undefined;
  return {
    path: query.path.join(home, name),
    kind: "profile",
    foundBy: profile === undefined ? l10n.t("directory beside {0}", stateDirName) : l10n.t("profile {0}", profile),
    why:
      profile === undefined
        ? l10n.t("It stands beside {0} in the home directory and has a name like it.", stateDirName)
        : l10n.t("It is where OpenClaw keeps the profile {0}.", profile),
    versions: always,
  };
}

/**
 * The state directory that a gateway started from this environment would use: the first one named by a variable, else the
 * first that exists. `OPENCLAW_CONFIG_PATH` speaks of this one only.
 */
export function effectiveStateDir(
  candidates: readonly StateDirCandidate[],
  exists: (path: string) => boolean,
): string | undefined {
  const ofOpenClaw = candidates.filter(({ kind }) => kind === "environment" || kind === "home" || kind === "legacy");
  return (ofOpenClaw.find(({ kind, path }) => kind === "environment" || exists(path)) ?? ofOpenClaw[0])?.path;
}

function environmentCandidates(query: LocationQuery): StateDirCandidate[] {
  const found: StateDirCandidate[] = [];
  for (const { variable, versions } of stateVariables) {
    const value = valueOf(query, variable);
    if (value === undefined) continue;
    found.push({
      path: absolutePath(query, value),
      kind: "environment",
      foundBy: variable,
      why: l10n.t("The environment variable {0} names it.", variable),
      versions,
    });
  }
  const profile = valueOf(query, "OPENCLAW_PROFILE");
  // A profile's name becomes part of a path here: one with a separator is none.
  if (profile !== undefined && profile.toLowerCase() !== "default" && !/[\\/]/.test(profile)) {
    found.push({
      path: absolutePath(query, query.path.join("~", `${stateDirName}-${profile}`)),
      kind: "environment",
      foundBy: "OPENCLAW_PROFILE",
      why: l10n.t("The environment variable {0} names the profile {1}.", "OPENCLAW_PROFILE", profile),
      versions: always,
    });
  }
  return found;
}

function homeCandidates(query: LocationQuery, home: HomeDirectory): StateDirCandidate[] {
  const source = home.variable ?? l10n.t("home directory");
  const current: StateDirCandidate = {
    path: query.path.join(home.path, stateDirName),
    kind: "home",
    foundBy: source,
    why:
      home.variable === undefined
        ? l10n.t("It is OpenClaw's usual place in the home directory.")
        : l10n.t("It is OpenClaw's usual place in the home directory that {0} names.", home.variable),
    versions: always,
  };
  const legacy = legacyNames.map(({ name, versions }): StateDirCandidate => ({
    path: query.path.join(home.path, name),
    kind: "legacy",
    foundBy: l10n.t("older name {0}", name),
    why: l10n.t("OpenClaw used the name {0} before it was called OpenClaw.", name),
    versions,
  }));
  return [current, ...legacy];
}

/**
 * The candidate for a directory found in a folder that is open in the editor: somebody opened a home directory, or a copy of
 * one, with `.openclaw` and its profiles in it.
 */
export function inWorkspaceCandidate(query: LocationQuery, folder: string, name: string): StateDirCandidate {
  return {
    path: query.path.join(query.path.resolve(query.workingDirectory, folder), name),
    kind: "workspace",
    foundBy: l10n.t("in a workspace folder"),
    why: l10n.t("It stands in a folder that is open in the editor and has a name of OpenClaw's."),
    versions: always,
  };
}

function workspaceCandidate(query: LocationQuery, folder: string): StateDirCandidate {
  return {
    path: query.path.resolve(query.workingDirectory, folder),
    kind: "workspace",
    foundBy: l10n.t("workspace folder"),
    why: l10n.t("It is open as a folder in the editor."),
    versions: always,
  };
}
