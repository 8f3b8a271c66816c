import type { Evidence, NonEmpty } from "../evidence/evidence";

/** Whether a gateway works on a state directory at this moment. */
export type GatewayFact =
  | {
      readonly running: "yes";
      readonly pid: number | undefined;
      readonly port: number | undefined;
      readonly evidence: NonEmpty<Evidence>;
    }
  /** No lock of a living process, and nothing answers on the port. */
  | { readonly running: "no"; readonly evidence: NonEmpty<Evidence> }
  /** A lock that cannot be judged from here, a port that neither answers nor refuses: whole sentences in the evidence. */
  | { readonly running: "unknown"; readonly evidence: NonEmpty<Evidence> };
