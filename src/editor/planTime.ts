/** `20261120T201530Z-1f2e3d4c`, the id of a plan, says when it was made. Epoch ms. */
export function plannedAt(id: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/.exec(id) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** Of the copy on which a plan was tried: the plan's id. Undefined for state directories that somebody works with. */
export function rehearsalOf(stateDir: string): string | undefined {
  return /[\\/]rehearsals[\\/](\d{8}T\d{6}Z-[\da-f]{8})[\\/]state$/.exec(stateDir)?.[1];
}
