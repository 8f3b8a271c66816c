import type { Rotation } from "../core/rotation/rotation";

/** A left-over transcript has ended too, but where neither when nor why is known there is nothing to say beside it. */
export function tellsSomething({ at, causes }: Pick<Rotation, "at" | "causes">): boolean {
  return at !== undefined || causes.length > 0;
}
