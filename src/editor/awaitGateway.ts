import type { GatewayFact } from "../core/restore/gatewayFact";
import type { Restorer } from "../core/restore/restorer";

/** Between two looks, ms: a look asks a port. */
const interval = 1_000;

export interface AwaitGatewayOptions {
  /** Looks after which the answer is given as it is. */
  readonly looks: number;
  readonly signal: AbortSignal;
  readonly sleep?: (ms: number) => Promise<void>;
}

/** Looks until the gateway runs, or until it does not; gives the last answer, whichever it is. */
export async function awaitGateway(
  restorer: Pick<Restorer, "gateway">,
  stateDir: string,
  wanted: "yes" | "no",
  { looks, signal, sleep = pause }: AwaitGatewayOptions,
): Promise<GatewayFact> {
  for (let look = 1; ; look++) {
    const fact = await restorer.gateway(stateDir);
    if (fact.running === wanted || look >= looks || signal.aborted) return fact;
    await sleep(interval);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
