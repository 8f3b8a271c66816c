import type { JsonObject } from "../transcript/entry";

/** An object in JSON's sense: no array, no null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
