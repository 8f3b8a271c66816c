import { type Explanations, windowKey } from "../core/explanations";
import type { Rotation } from "../core/rotation/rotation";

/** One reset as it was told: what still was not known of it then. */
interface Told {
  readonly rotation: Rotation;
  readonly newId: string | undefined;
}

/** More are not followed: a gateway that resets all the time would fill the memory. */
const FOLLOWED = 200;

/**
 * Resets that were told before everything about them was known: the successor's transcript is written with its first answer,
 * and what names a cause may come later still. Each is told again when something that was missing is there.
 */
export class OpenVerdicts {
  #open: Told[] = [];

  told(rotation: Rotation, newId: string | undefined): void {
    if (newId !== undefined && rotation.causes.length > 0) return;
    this.#open.push({ rotation, newId });
    if (this.#open.length > FOLLOWED) this.#open.shift();
  }

  /** Those told resets as they are now, and whether that is worth telling. In the order in which they were told. */
  follow(
    explanations: Explanations,
    newIdOf: (rotation: Rotation) => string | undefined,
  ): readonly { readonly rotation: Rotation; readonly learned: boolean }[] {
    const open = this.#open;
    this.#open = [];
    return open.flatMap((told) => {
      const rotation = sameAs(told.rotation, explanations);
      if (!rotation) {
        this.#open.push(told);
        return [];
      }
      const newId = newIdOf(rotation) ?? told.newId;
      const learned =
        (told.newId === undefined && newId !== undefined) ||
        (told.rotation.causes.length === 0 && rotation.causes.length > 0);
      this.told(rotation, newId);
      return [{ rotation, learned }];
    });
  }
}

/** By its id; or, where what was learned moved its time, the one that ended the same window. */
function sameAs({ stateDir, id, from }: Rotation, { byWindow }: Explanations): Rotation | undefined {
  const ofWindow = byWindow.get(windowKey(stateDir, from.windowId)) ?? [];
  return ofWindow.find((each) => each.id === id) ?? (ofWindow.length === 1 ? ofWindow[0] : undefined);
}
