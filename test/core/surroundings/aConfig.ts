import { configFactsOf } from "../../../src/core/config/configFacts";
import type { ConfigFacts } from "../../../src/core/surroundings/surroundings";

/** The facts of a config with this content, at `/home/u/.openclaw/openclaw.json`. */
export function aConfig(value: unknown): ConfigFacts {
  const text = JSON.stringify(value, undefined, 2);
  return configFactsOf(value, { text, file: "/home/u/.openclaw/openclaw.json", lookUp: () => undefined });
}
