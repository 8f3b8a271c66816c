import type { StateDir } from "../conversation/model";
import { boundariesOf } from "./boundaries";
import { archiveReason } from "./compared";
import type { Boundary } from "./rotation";
import type { EndBeside } from "./rotationFacts";
import { Timed } from "./timed";

/** Ends that lie so near that a line about one of them may be taken for a line about the other, ms. */
const AROUND_MS = 60_000;
const MOST = 200;

/** Where else in a state directory sessions ended at about a moment. Put in order when it is first asked for. */
export class EndsBeside {
  #ends: Timed<Found> | undefined;

  constructor(private readonly stateDir: StateDir) {}

  of(boundary: Boundary): readonly EndBeside[] {
    const { at } = boundary;
    if (at === undefined) return [];
    this.#ends ??= new Timed(
      this.stateDir.agents.flatMap((agent) => boundariesOf(this.stateDir, agent)).flatMap(asEnd),
    );
    const own = identityOf(boundary);
    return this.#ends.between(at - AROUND_MS, at + AROUND_MS, MOST).filter(({ identity }) => identity !== own);
  }
}

interface Found extends EndBeside {
  readonly identity: string;
}

function asEnd(boundary: Boundary): readonly Found[] {
  const { at, conversation } = boundary;
  if (at === undefined) return [];
  return [{ at, key: conversation?.key, reason: archiveReason(boundary), identity: identityOf(boundary) }];
}

/** Two copies of an archive are one end, and so is an end that was also seen while it happened. */
function identityOf({ agentId, from, archive }: Boundary): string {
  const stamp = archive?.name.kind === "archive" ? String(archive.name.at) : "";
  return `${agentId}\n${from.sessionId}\n${stamp}`;
}
