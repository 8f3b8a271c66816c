import { isJsonObject } from "./jsonObject";

export interface Substituted {
  readonly text: string;
  /** Names that are not set, each once; their `${NAME}` stays in the text (2026.3.13–2026.7.35: a warning; 2026.1.29: an error). */
  readonly unset: readonly string[];
}

/**
 * Replaces `${NAME}` by the variable's value (2026.1.29–2026.9.6: resolveConfigEnvVars). Only names of capitals, digits and `_`
 * count; `$${NAME}` stands for the text `${NAME}`; a variable that is empty counts as unset. A value is not looked at again.
 * What many long values would add beyond 64 KB is not put in: no path or key is that long, and memory is bounded.
 */
export function substituteVariables(text: string, lookUp: (name: string) => string | undefined): Substituted {
  const unset = new Set<string>();
  let added = 0;
  const result = text.replace(/\$(\$?)\{([A-Z_][A-Z0-9_]*)\}/g, (whole, escape: string, name: string) => {
    if (escape === "$") return whole.slice(1);
    const value = lookUp(name);
    if (value === undefined || value === "") {
      unset.add(name);
      return whole;
    }
    if (added + value.length > MAX_ADDED) return whole;
    added += value.length;
    return value;
  });
  return { text: result, unset: [...unset] };
}

/** Characters. */
const MAX_ADDED = 64 * 1024;

/**
 * Looks a variable up the way a gateway would: its environment, then the config's own `env` block (`env.vars.NAME` or
 * `env.NAME`). We know only our environment; the gateway's may differ.
 */
export function variableLookUp(
  config: unknown,
  env: Readonly<Record<string, string | undefined>>,
): (name: string) => string | undefined {
  const block = isJsonObject(config) && isJsonObject(config["env"]) ? config["env"] : {};
  const vars = isJsonObject(block["vars"]) ? block["vars"] : {};
  return (name) => {
    const fromEnvironment = env[name];
    if (fromEnvironment !== undefined && fromEnvironment.trim() !== "") return fromEnvironment;
    return text(block, name) ?? text(vars, name);
  };
}

function text(from: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = Object.hasOwn(from, name) ? from[name] : undefined;
  return typeof value === "string" ? value : undefined;
}
