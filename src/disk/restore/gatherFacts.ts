import { randomUUID } from "node:crypto";
import * as path from "node:path";
import type { Snapshot, StateDir } from "../../core/conversation/model";
import type { GatewayFact } from "../../core/restore/gatewayFact";
import type { RestoreFacts, RowFact } from "../../core/restore/restoreFacts";
import type { RestoreRequest } from "../../core/restore/restoreRequest";
import type { LockFact } from "../../core/rotation/rotationFacts";
import { surroundingsInSteps, type SurroundingsAt } from "../../core/surroundings/surroundingsOf";
import type { EvidenceCollector } from "../evidence/evidenceCollector";
import { readableDirectories } from "../evidence/filesOf";
import type { LockReader } from "../evidence/locks";
import type { EvidencePlaces } from "../evidence/logFiles";
import { toReadError } from "../readErrors";
import { realPathOf } from "../regularFile";
import { listDirectory, type ListedName } from "../scanListing";
import type { LiveInspection } from "../scanLive";
import { TimeSlice } from "../scanTimeSlice";
import { diskFacts } from "./diskFacts";
import { displacedFacts } from "./displacedFacts";
import { gatewayFact } from "./gatewayProbe";
import { indexFacts } from "./indexFacts";
import { filesOf, subjectOf, type RestoreSubject } from "./restoreSubject";
import { otherGateways } from "./otherGateways";
import { rowFacts } from "./rowFacts";
import { sourceFacts } from "./sourceFacts";

/** Where facts come from. */
export interface FactSources {
  readonly live: Pick<LiveInspection, "refresh" | "index">;
  readonly collector: Pick<EvidenceCollector, "collect">;
  readonly locks: Pick<LockReader, "read" | "readOthers">;
  readonly places: () => EvidencePlaces;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A copy that no gateway works on: nothing is asked. */
  readonly gatewayIsAway: GatewayFact | undefined;
}

export interface GatherOptions {
  /** Of the plan to be. */
  readonly id: string;
  /** Epoch ms. */
  readonly now: number;
  /** Absolute. */
  readonly vault: string;
  /** Ids of restores that were begun and not ended. */
  readonly unfinished: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** The window in a snapshot made now; its files have their index, so that the fullest is known. Throws ReadError in words. */
export async function findSubject(
  request: RestoreRequest,
  { live }: Pick<FactSources, "live">,
  signal: AbortSignal | undefined,
): Promise<{ readonly subject: RestoreSubject; readonly snapshot: Snapshot }> {
  const seen = await live.refresh();
  signal?.throwIfAborted();
  const { window } = subjectOf(seen, request);
  // What cannot be read is a fact of its own later.
  for (const { path: file } of filesOf(window)) await live.index(file, signal).catch(() => undefined);
  signal?.throwIfAborted();
  const snapshot = await live.refresh();
  return { subject: subjectOf(snapshot, request), snapshot };
}

/** What is known of a place that is written to, whatever for. */
export type PlaceFacts = Pick<
  RestoreFacts,
  | "request"
  | "now"
  | "stateDir"
  | "rootRealPath"
  | "surroundings"
  | "names"
  | "rows"
  | "gateway"
  | "locks"
  | "disk"
  | "unfinished"
  | "trusted"
>;

/** The part that needs no window: what undoing depends on. Throws ReadError where even looking fails. */
export async function gatherPlace(
  request: RestoreRequest,
  place: Pick<RestoreSubject, "stateDir" | "agent" | "root" | "conversation"> & {
    readonly snapshot: Snapshot;
    /** Real path of the file to bring back. */
    readonly source?: string;
  },
  sources: FactSources,
  { now, vault, unfinished, signal }: Omit<GatherOptions, "id">,
): Promise<PlaceFacts> {
  const { stateDir, agent, root, conversation, snapshot } = place;
  const places = sources.places();
  const rootRealPath = await realPathOf(root.path).catch((error: unknown) => {
    throw toReadError(error, root.path);
  });
  const names = await namesIn(root.path);
  const rows = await rowFacts(stateDir, readableDirectories(stateDir), signal);
  const locks = await readLocks(stateDir, sources, places, signal);
  return {
    request,
    now,
    stateDir,
    rootRealPath,
    surroundings: (await surroundingsNow(stateDir, sources, now, signal))(agent.id, conversation, now),
    names: names.map(({ base }) => base),
    rows,
    gateway: await gatewayOf(stateDir, { locks, rows, now }, sources, places, signal),
    locks,
    disk: await diskFacts({
      vault,
      stateDirs: snapshot.stateDirs.map(({ realPath }) => realPath),
      sessions: rootRealPath,
      names,
      source: place.source ?? rootRealPath,
    }),
    unfinished,
    trusted: places.trusted,
  };
}

/**
 * All that a plan and its checks depend on, read from the disk now and changing nothing: directories are listed again, the index
 * is read again. Bounded in memory by the size of the index (64 MB at most). Throws ReadError where even looking fails.
 */
export async function gatherFacts(
  request: RestoreRequest,
  { subject, snapshot }: { readonly subject: RestoreSubject; readonly snapshot: Snapshot },
  sources: FactSources,
  options: GatherOptions,
): Promise<RestoreFacts> {
  const { stateDir, agent, window, root, conversation, file } = subject;
  const { id, signal } = options;
  const within = contentsOf(subject);
  const makeIndex = (path: string) => sources.live.index(path, signal);
  const source = await sourceFacts({ window, file, within, index: makeIndex, signal });
  const place = await gatherPlace(request, { ...subject, snapshot, source: source.realPath }, sources, options);
  const { key } = request.target;
  const current = place.rows.find((row) => row.storePath === root.storePath && row.key === key);
  return {
    ...place,
    id,
    newUuid: randomUUID,
    stateDir,
    agent,
    root,
    window,
    conversation,
    source,
    index: await indexFacts(root.storePath, within, signal),
    displaced: await displacedFacts(current, within, makeIndex, signal),
  };
}

/** The directories that what a plan needs may be read from. */
export function contentsOf({ stateDir, file }: Pick<RestoreSubject, "stateDir" | "file">): readonly string[] {
  return [...readableDirectories(stateDir), path.dirname(file.path)];
}

/** Whether a gateway works on it, with nothing else looked at. */
export async function gatewayNow(
  stateDir: StateDir,
  sources: FactSources,
  now: number,
  signal?: AbortSignal,
): Promise<GatewayFact> {
  const places = sources.places();
  const locks = await readLocks(stateDir, sources, places, signal);
  const rows = await rowFacts(stateDir, readableDirectories(stateDir), signal);
  return gatewayOf(stateDir, { locks, rows, now }, sources, places, signal);
}

function readLocks(
  stateDir: StateDir,
  { locks }: Pick<FactSources, "locks">,
  places: EvidencePlaces,
  signal: AbortSignal | undefined,
): Promise<readonly LockFact[]> {
  return locks.read(stateDir, places, signal ?? new AbortController().signal);
}

async function gatewayOf(
  stateDir: StateDir,
  {
    locks,
    rows,
    now,
  }: { readonly locks: readonly LockFact[]; readonly rows: readonly RowFact[]; readonly now: number },
  { locks: reader, env, gatewayIsAway }: Pick<FactSources, "locks" | "env" | "gatewayIsAway">,
  places: EvidencePlaces,
  signal: AbortSignal | undefined,
): Promise<GatewayFact> {
  if (gatewayIsAway !== undefined) return gatewayIsAway;
  const running = await reader.readOthers(stateDir, places, signal ?? new AbortController().signal);
  const others = await otherGateways(running, stateDir);
  return gatewayFact({ stateDir, locks, others, rows, env, now, signal });
}

async function surroundingsNow(
  stateDir: StateDir,
  { collector }: Pick<FactSources, "collector">,
  now: number,
  signal: AbortSignal | undefined,
): Promise<SurroundingsAt> {
  const collected = await collector.collect(stateDir, [now], signal ?? new AbortController().signal);
  const slice = new TimeSlice();
  const steps = surroundingsInSteps(stateDir, collected);
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) if (slice.over()) await slice.rest();
  return step.value;
}

async function namesIn(directory: string): Promise<readonly ListedName[]> {
  const listing = await listDirectory(directory);
  if (listing.outcome === "listed") return listing.names;
  if (listing.outcome === "absent") return [];
  throw toReadError(listing.error, directory);
}
