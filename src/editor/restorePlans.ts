import type { Inspector } from "../core/inspectorPort";
import type { RestoreProgress, Restorer } from "../core/restore/restorer";
import type { GatewayFact } from "../core/restore/gatewayFact";
import type { CheckedPlan } from "../core/restore/restorePlan";
import { planKey, type PlanSubject } from "./planSubject";

/** A plan as a document shows it; the very value that is applied. */
export interface Planned {
  readonly subject: PlanSubject;
  readonly checked: CheckedPlan;
  readonly gateway: GatewayFact;
  /** Epoch ms: when everything was looked at. */
  readonly at: number;
  /** The user said that no gateway runs. */
  readonly gatewayIsStopped: boolean;
}

interface Held {
  readonly restorer: Restorer;
  readonly making: Promise<Planned>;
}

/** How many plans are held at once; documents that are older are planned again when somebody looks at them. */
const most = 20;

/** The plans that were made and not applied yet. A document, its diff and the button that applies share one. */
export class RestorePlans {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly inspector: Pick<Inspector, "restorer">,
    private readonly now: () => number = Date.now,
  ) {}

  /** The plan that is shown, or made now. */
  of(subject: PlanSubject, progress?: RestoreProgress): Promise<Planned> {
    const held = this.held.get(planKey(subject));
    // A setting may have made another restorer; it knows nothing of the plans of the one before.
    return held?.restorer === this.inspector.restorer ? held.making : this.again(subject, false, progress);
  }

  /** Looks at everything anew. */
  again(subject: PlanSubject, gatewayIsStopped = false, progress?: RestoreProgress): Promise<Planned> {
    const key = planKey(subject);
    const { restorer } = this.inspector;
    const held: Held = { restorer, making: this.make(restorer, subject, gatewayIsStopped, progress) };
    this.held.delete(key);
    this.held.set(key, held);
    for (const oldest of this.held.keys()) {
      if (this.held.size <= most) break;
      this.held.delete(oldest);
    }
    held.making.catch(() => {
      if (this.held.get(key) === held) this.held.delete(key);
    });
    return held.making;
  }

  /** After it was applied. */
  forget(subject: PlanSubject): void {
    this.held.delete(planKey(subject));
  }

  private async make(
    restorer: Restorer,
    subject: PlanSubject,
    gatewayIsStopped: boolean,
    progress: RestoreProgress | undefined,
  ): Promise<Planned> {
    const at = this.now();
    const checked = await checkedPlan(restorer, subject, gatewayIsStopped, progress);
    return { subject, checked, gateway: await restorer.gateway(subject.stateDir), at, gatewayIsStopped };
  }
}

function checkedPlan(
  restorer: Restorer,
  subject: PlanSubject,
  gatewayIsStopped: boolean,
  progress: RestoreProgress | undefined,
): Promise<CheckedPlan> {
  switch (subject.kind) {
    case "restore": {
      const { stateDir, agentId, windowId, file, target, displaced } = subject;
      return restorer.plan({ stateDir, agentId, windowId, file, target, displaced, gatewayIsStopped }, progress);
    }
    case "undo":
      return restorer.planUndo(subject.stateDir, subject.id, gatewayIsStopped);
    case "switch-back":
      return restorer.planSwitchBack(subject.stateDir, subject.id, gatewayIsStopped);
  }
}
