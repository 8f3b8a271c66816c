import * as l10n from "@vscode/l10n";
import type { LookedAt } from "../core/conversation/model";
import { configCandidates, type ConfigCandidate } from "../core/locations/configCandidates";
import {
  effectiveStateDir,
  explicitCandidates,
  inWorkspaceCandidate,
  isProfileName,
  isStateDirName,
  profileCandidate,
  profileDirectories,
  stateDirCandidates,
  type LocationQuery,
  type StateDirCandidate,
} from "../core/locations/stateDirCandidates";
import { hasStateDirMark, looksLikeStateDir, type StateDirListing } from "../core/locations/stateDirListing";
import type { Problem } from "../core/problem";
import { listKinds, type NamesByKind } from "./listKinds";
import { directoryProblem, errorCode, isAbsent } from "./readErrors";
import { realPathOf } from "./regularFile";

/** A state directory that is there. */
export interface LocatedStateDir {
  /** As found first. */
  readonly path: string;
  readonly realPath: string;
  /** Every way it was found, in order. */
  readonly foundBy: readonly string[];
  /** Where its config may be, first match wins. */
  readonly configCandidates: readonly ConfigCandidate[];
}

export interface Located {
  readonly stateDirs: readonly LocatedStateDir[];
  /** Every place once, in order; the absent ones are where a state directory may appear later. */
  readonly lookedAt: readonly LookedAt[];
  /** What stands in the way: directories that cannot be read, and ones the user named that are none. */
  readonly problems: readonly Problem[];
}

/** Looks for state directories in every place they may be. The same directory found twice, through links, appears once. */
export async function locateStateDirs(query: LocationQuery): Promise<Located> {
  const fixed = stateDirCandidates(query);
  const profiles = await findProfiles(query);
  const workspace = fixed.findIndex(({ kind }) => kind === "workspace");
  const before = workspace === -1 ? fixed.length : workspace;
  const inFolders = await findInWorkspaceFolders(query);
  return locate(query, [...fixed.slice(0, before), ...profiles, ...fixed.slice(before), ...inFolders]);
}

/** Looks only where the user said. */
export function locateExplicitStateDirs(query: LocationQuery): Promise<Located> {
  return locate(query, explicitCandidates(query));
}

async function locate(query: LocationQuery, candidates: readonly StateDirCandidate[]): Promise<Located> {
  const looks = await Promise.all(candidates.map(async (candidate) => ({ candidate, ...(await look(candidate)) })));
  const exists = new Set(looks.filter(({ outcome }) => outcome !== "absent").map(({ candidate }) => candidate.path));
  const effective = effectiveStateDir(stateDirCandidates(query), (path) => exists.has(path));
  const effectiveReal = looks.find(({ candidate }) => candidate.path === effective)?.realPath;

  const found = new Map<string, LocatedStateDir>();
  for (const { candidate, outcome, realPath } of looks) {
    if (outcome !== "state directory" || realPath === undefined) continue;
    const known = found.get(realPath);
    const isEffective = candidate.path === effective || realPath === effectiveReal;
    found.set(realPath, {
      path: known?.path ?? candidate.path,
      realPath,
      foundBy: [...new Set([...(known?.foundBy ?? []), candidate.foundBy])],
      configCandidates: known?.configCandidates ?? configCandidates(query, candidate.path, { effective: isEffective }),
    });
  }
  const seen = new Set<string>();
  return {
    stateDirs: [...found.values()],
    lookedAt: looks
      .filter(({ candidate }) => !seen.has(candidate.path) && seen.add(candidate.path))
      .map(({ candidate, outcome }) => ({ path: candidate.path, why: candidate.why, outcome })),
    problems: distinct(looks.flatMap(({ problem }) => problem ?? [])),
  };
}

const noStateDir = { outcome: "not a state directory", realPath: undefined } as const;

interface Look {
  readonly outcome: LookedAt["outcome"];
  readonly realPath: string | undefined;
  readonly problem: Problem | undefined;
}

async function look(candidate: StateDirCandidate): Promise<Look> {
  const { path, kind, foundBy } = candidate;
  try {
    const realPath = await realPathOf(path);
    const listing = await listStateDir(realPath);
    if (isAccepted(kind, listing)) return { outcome: "state directory", realPath, problem: undefined };
    return {
      outcome: "not a state directory",
      realPath,
      problem: kind === "explicit" ? notOne(path, foundBy) : undefined,
    };
  } catch (error) {
    if (errorCode(error) === "ENOTDIR")
      return { ...noStateDir, problem: kind === "explicit" ? isFile(path, foundBy) : undefined };
    if (!isAbsent(error)) return { outcome: "unreadable", realPath: undefined, problem: directoryProblem(error, path) };
    const problem = kind === "explicit" ? absent(path, foundBy) : undefined;
    return { outcome: "absent", realPath: undefined, problem };
  }
}

/** How much must be found depends on how much the place itself says. */
function isAccepted(kind: StateDirCandidate["kind"], listing: StateDirListing): boolean {
  const isEmpty = listing.files.length + listing.directories.length === 0;
  switch (kind) {
    case "environment":
    case "home":
      return true; // OpenClaw itself would use it, whatever is in it
    case "explicit":
      return isEmpty || hasStateDirMark(listing);
    case "legacy":
    case "profile":
      return hasStateDirMark(listing);
    case "workspace":
      return looksLikeStateDir(listing);
  }
}

async function listStateDir(realPath: string): Promise<StateDirListing> {
  const { files, directories } = await listKinds(realPath);
  if (!directories.includes("agents")) return { files, directories, agents: [] };
  // What is below is scanned, and its failures reported, once this is known to be a state directory.
  const nothing: NamesByKind = { files: [], directories: [] };
  const agents = await listKinds(realPath, "agents").catch(() => nothing);
  const within = await Promise.all(
    agents.directories.slice(0, 50).map(async (agent) => {
      const below = await listKinds(realPath, "agents", agent).catch(() => nothing);
      return below.directories.includes("sessions") || below.directories.includes("agent") ? [agent] : [];
    }),
  );
  return { files, directories, agents: within.flat() };
}

async function findProfiles(query: LocationQuery): Promise<readonly StateDirCandidate[]> {
  const homes = await Promise.all(
    profileDirectories(query).map(async (home) => {
      // A home directory that cannot be listed is reported through the candidates in it.
      const { directories } = await listKinds(home).catch(() => ({ directories: [] }));
      return directories
        .filter(isProfileName)
        .sort()
        .map((name) => profileCandidate(query, home, name));
    }),
  );
  return homes.flat();
}

async function findInWorkspaceFolders(query: LocationQuery): Promise<readonly StateDirCandidate[]> {
  const folders = await Promise.all(
    query.workspaceFolders.map(async (folder) => {
      // A folder that cannot be listed is reported through its own candidate.
      const { directories } = await listKinds(folder).catch(() => ({ directories: [] }));
      return directories
        .filter(isStateDirName)
        .sort()
        .map((name) => inWorkspaceCandidate(query, folder, name));
    }),
  );
  return folders.flat();
}

function notOne(path: string, foundBy: string): Problem {
  return {
    code: "state.unknown-layout",
    message: l10n.t(
      "{0}, named by {1}, is not an OpenClaw state directory: it has neither openclaw.json nor a directory agents. A state directory is usually called .openclaw.",
      path,
      foundBy,
    ),
    file: path,
  };
}

function isFile(path: string, foundBy: string): Problem {
  return {
    code: "state.unknown-layout",
    message: l10n.t("{0}, named by {1}, is not a directory. Name the directory it is in.", path, foundBy),
    file: path,
  };
}

function absent(path: string, foundBy: string): Problem {
  return {
    code: "directory.unreadable",
    message: l10n.t("{0}, named by {1}, does not exist.", path, foundBy),
    file: path,
  };
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter((problem, at) => problems.findIndex(({ message }) => message === problem.message) === at);
}
