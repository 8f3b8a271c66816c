import * as l10n from "@vscode/l10n";
import * as path from "node:path";
import { defaultAgentId, normalizeAgentId } from "../core/config/agentId";
import type { OpenClawConfig } from "../core/config/openClawConfig";
import { resolveStorePath } from "../core/config/storePath";
import type { SessionRoot } from "../core/conversation/model";
import { isInsideOrEqual } from "../core/locations/containment";
import type { SessionsDirectory } from "../core/locations/sessionFilePlace";
import type { Problem } from "../core/problem";
import { listKinds } from "./listKinds";
import { directoryProblem, isAbsent } from "./readErrors";
import { realPathOf } from "./regularFile";

/** A sessions directory and what reading it needs. */
export interface LocatedRoot extends SessionRoot, SessionsDirectory {
  /** False also where nobody looked: outside the state directory, in an untrusted workspace. */
  readonly exists: boolean;
  /** All agents that keep their sessions here; more than one for a shared store. */
  readonly agentIds: readonly string[];
  /** What files of this root must really lie in. */
  readonly within: readonly string[];
}

export interface AgentRoots {
  readonly agentId: string;
  readonly isDefault: boolean;
  /** Where new sessions go first, left-over directories after it. */
  readonly roots: readonly LocatedRoot[];
}

export interface SessionRoots {
  readonly agents: readonly AgentRoots[];
  readonly problems: readonly Problem[];
}

export interface SessionRootsQuery {
  readonly stateDir: { readonly path: string; readonly realPath: string };
  readonly config: OpenClawConfig;
  readonly configPath: string | undefined;
  /** The home directory that `~` in `session.store` stands for. */
  readonly home: string;
  /** A store that the config puts outside the state directory is read only where the workspace is trusted. */
  readonly trusted: boolean;
}

/**
 * Every agent of a state directory, from its config and from `agents/*`, and where its sessions are: its own directory, where
 * `session.store` says, and for the default agent `<state>/sessions` of very old installs. A directory reached in two ways
 * is one root.
 */
export async function findSessionRoots(query: SessionRootsQuery): Promise<SessionRoots> {
  const problems: Problem[] = [];
  const onDisk = await agentDirectories(query, problems);
  const legacy = await legacyRoot(query);
  const defaultId =
    query.config.agents.find(({ isDefault }) => isDefault)?.id ?? query.config.agents[0]?.id ?? defaultAgentId;
  const ids = [...new Set([...query.config.agents.map(({ id }) => id), ...onDisk.keys()])];
  // A state directory that names no agent has one all the same, once there is a place for its sessions.
  if ((legacy !== undefined || query.config.sessionStore !== undefined) && !ids.includes(defaultId))
    ids.unshift(defaultId);

  const drafts: { readonly agentId: string; readonly roots: readonly Draft[] }[] = [];
  for (const agentId of ids) {
    const roots: Draft[] = [];
    const configured = await configuredRoot(agentId, query, problems);
    if (configured !== undefined) roots.push(configured);
    for (const name of onDisk.get(agentId) ?? [agentId]) {
      const own = await draft(path.join(query.stateDir.path, "agents", name, "sessions", "sessions.json"), query);
      // Beside a store elsewhere, the usual directory matters only for what is left in it.
      if (own.exists || configured === undefined) roots.push(own);
    }
    if (agentId === defaultId && legacy !== undefined) roots.push(legacy);
    drafts.push({ agentId, roots: merged(roots) });
  }

  const sharers = new Map<string, string[]>();
  for (const { agentId, roots } of drafts) {
    for (const { realPath } of roots) {
      const known = sharers.get(realPath);
      if (known === undefined) sharers.set(realPath, [agentId]);
      else known.push(agentId);
    }
  }
  const agents = drafts.map(({ agentId, roots }) => ({
    agentId,
    isDefault: agentId === defaultId,
    roots: roots.map((root) => located(root, agentId, sharers.get(root.realPath) ?? [], query)),
  }));
  return { agents, problems: distinct(problems) };
}

interface Draft {
  readonly path: string;
  readonly realPath: string;
  readonly storePath: string;
  readonly exists: boolean;
  readonly outside: boolean;
  /** `session.store` names it; a link that leads out of the state directory does not count. */
  readonly configured: boolean;
}

/** Agent ids with the names of their directories; more than one where names differ by case only. */
async function agentDirectories(
  { stateDir }: SessionRootsQuery,
  problems: Problem[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const directory = path.join(stateDir.path, "agents");
  const found = new Map<string, string[]>();
  try {
    if (!isInsideOrEqual(path, stateDir.realPath, await realPathOf(directory))) {
      problems.push(linkOut(directory));
      return found;
    }
    const { directories } = await listKinds(directory);
    for (const name of [...directories].sort()) {
      if (name.startsWith(".")) continue;
      const id = normalizeAgentId(name);
      found.set(id, [...(found.get(id) ?? []), name]);
    }
  } catch (error) {
    if (!isAbsent(error)) problems.push(directoryProblem(error, directory));
  }
  return found;
}

async function configuredRoot(
  agentId: string,
  query: SessionRootsQuery,
  problems: Problem[],
): Promise<Draft | undefined> {
  const { config, stateDir, home, configPath } = query;
  if (config.sessionStore === undefined) return undefined;
  const place = resolveStorePath(config.sessionStore, agentId, { path, stateDir: stateDir.path, home, configPath });
  if (place.problem?.code === "config.store-unusable") {
    problems.push(place.problem);
    return undefined;
  }
  const root = { ...(await configuredDraft(place.path, query)), configured: true };
  // The config of a directory that was moved here still names its old place: the same layout, which is here now.
  if (!root.exists && isUsualLayout(place.path, agentId)) return undefined;
  if (place.problem !== undefined) problems.push(place.problem);
  return root;
}

/** Merely looking at a path such as `\\server\share` goes out to a server that somebody else may have chosen. */
async function configuredDraft(storePath: string, query: SessionRootsQuery): Promise<Draft> {
  const directory = path.dirname(storePath);
  const { stateDir, trusted } = query;
  const inside = [stateDir.path, stateDir.realPath].some((state) => isInsideOrEqual(path, state, directory));
  if (inside || trusted) return draft(storePath, query);
  return { path: directory, realPath: directory, storePath, exists: false, outside: true, configured: true };
}

async function legacyRoot(query: SessionRootsQuery): Promise<Draft | undefined> {
  const root = await draft(path.join(query.stateDir.path, "sessions", "sessions.json"), query);
  return root.exists ? root : undefined;
}

async function draft(storePath: string, { stateDir }: SessionRootsQuery): Promise<Draft> {
  const directory = path.dirname(storePath);
  const base = { path: directory, storePath, configured: false };
  try {
    const realPath = await realPathOf(directory);
    return { ...base, realPath, exists: true, outside: !isInsideOrEqual(path, stateDir.realPath, realPath) };
  } catch (error) {
    // What cannot be looked at is there; listing it later says why it cannot be read.
    const outside = !isInsideOrEqual(path, stateDir.path, directory);
    return { ...base, realPath: directory, exists: !isAbsent(error), outside };
  }
}

function merged(roots: readonly Draft[]): readonly Draft[] {
  return roots.filter((root, at) => roots.findIndex(({ realPath }) => realPath === root.realPath) === at);
}

function located(root: Draft, agentId: string, agentIds: readonly string[], query: SessionRootsQuery): LocatedRoot {
  const { path: directory, realPath, storePath, exists, outside, configured } = root;
  const read = !outside || (configured && query.trusted);
  return {
    agentId,
    agentIds,
    path: directory,
    realPath,
    storePath,
    exists,
    outside,
    read,
    within: outside ? [realPath] : [query.stateDir.realPath],
    problems: read ? [] : [notRead(directory, agentId, configured)],
  };
}

function notRead(directory: string, agentId: string, configured: boolean): Problem {
  const message = configured
    ? l10n.t(
        "session.store keeps the sessions of the agent {0} in {1}, outside the state directory. They are read only in a trusted workspace.",
        agentId,
        directory,
      )
    : l10n.t(
        "{0} leads out of the state directory through a link; it was not followed. To see the sessions of the agent {1}, name their directory in session.store.",
        directory,
        agentId,
      );
  return { code: "file.outside", message, file: directory };
}

function linkOut(directory: string): Problem {
  const message = l10n.t("{0} leads out of the state directory through a link; it was not followed.", directory);
  return { code: "file.outside", message, file: directory };
}

function isUsualLayout(storePath: string, agentId: string): boolean {
  const tail = storePath.split(/[\\/]/).slice(-4).join("/");
  return tail === `agents/${agentId}/sessions/sessions.json`;
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ message }) => !seen.has(message) && seen.add(message));
}
