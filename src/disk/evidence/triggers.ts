import type { SessionFile, StateDir } from "../../core/conversation/model";
import { ReadError } from "../../core/inspectorPort";
import type { TurnTrigger } from "../../core/rotation/rotationFacts";
import { openBytes } from "../byteSource";
import { concurrently } from "../scanLimit";
import { readableDirectories, trajectories } from "./filesOf";
import { linesIn } from "./logBytes";

/** `session.started` is short and stands first. */
const HEAD_BYTES = 16 * 1024;
const MAX_TRACES = 200;
/** A run trace that begins so long before or after a moment may tell who carried that moment out, ms. */
const BEFORE_MS = 2 * 60_000;
const AFTER_MS = 60 * 60_000;

/** What began the first turn of run traces (OpenClaw 2026.4.22 to 2026.7). The beginning of a trace never changes. */
export class TriggerReader {
  private known = new Map<string, { readonly firstAt: number; readonly triggers: readonly TurnTrigger[] }>();

  constructor(private readonly open: typeof openBytes = openBytes) {}

  /** By session id. */
  async read(
    stateDir: StateDir,
    around: readonly number[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly TurnTrigger[]>> {
    const within = readableDirectories(stateDir);
    const known = new Map<string, { readonly firstAt: number; readonly triggers: readonly TurnTrigger[] }>();
    const near = tracesNear(trajectories(stateDir), around);
    await concurrently(8, near, async ({ file, firstAt }) => {
      signal.throwIfAborted();
      const before = this.known.get(file.path);
      if (before?.firstAt === firstAt) {
        known.set(file.path, before);
        return;
      }
      try {
        known.set(file.path, { firstAt, triggers: await this.triggersIn(file.path, within, signal) });
      } catch (error) {
        // Why it cannot be read is shown where it is listed.
        if (!(error instanceof ReadError)) throw error;
      }
    });
    this.known = known;
    const found = new Map<string, readonly TurnTrigger[]>();
    for (const { file } of near) {
      if (file.name.kind !== "trajectory") continue;
      const { sessionId } = file.name;
      const all = [...(found.get(sessionId) ?? []), ...(known.get(file.path)?.triggers ?? [])];
      if (all.length > 0)
        found.set(
          sessionId,
          all.sort((one, other) => one.at - other.at),
        );
    }
    return found;
  }

  private async triggersIn(
    file: string,
    within: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly TurnTrigger[]> {
    const source = await this.open(file, { within, signal });
    try {
      const bytes = await source.read(0, HEAD_BYTES, signal);
      const last = bytes.length >= source.size;
      return [...linesIn(bytes, 0, { whole: true, last })].flatMap(
        ({ offset, text }) => triggerIn(text, file, offset) ?? [],
      );
    } finally {
      await source.close();
    }
  }
}

/** The newest run traces that begin at about one of the moments. */
function tracesNear(
  files: readonly SessionFile[],
  around: readonly number[],
): readonly { readonly file: SessionFile; readonly firstAt: number }[] {
  const moments = around.filter((at) => Number.isFinite(at)).sort((one, other) => one - other);
  return files
    .flatMap((file) => {
      const firstAt = file.head?.firstAt;
      if (firstAt === undefined || file.problem !== undefined || file.name.kind !== "trajectory") return [];
      const nearest = lastUpTo(moments, firstAt + BEFORE_MS);
      return nearest !== undefined && firstAt - nearest <= AFTER_MS ? [{ file, firstAt }] : [];
    })
    .sort((one, other) => other.firstAt - one.firstAt)
    .slice(0, MAX_TRACES);
}

/** The last of the sorted numbers that is not greater than `limit`. */
function lastUpTo(sorted: readonly number[], limit: number): number | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}

function triggerIn(line: string, file: string, offset: number): TurnTrigger | undefined {
  if (!line.includes('"session.started"')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined; // a damaged run trace shows its damage itself
  }
  const { type, ts, data } = value as Readonly<Record<string, unknown>>;
  const at = typeof ts === "string" ? Date.parse(ts) : NaN;
  const trigger = (data as Readonly<Record<string, unknown>> | null | undefined)?.["trigger"];
  if (type !== "session.started" || Number.isNaN(at) || typeof trigger !== "string") return undefined;
  return /^[\w.:-]{1,60}$/.test(trigger) ? { trigger, at, place: { file, offset } } : undefined;
}
