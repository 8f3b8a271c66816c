/**
 * A number of the entry as it is to be: the text is JSON, indented by two, where bulky fields are one line with their size, so it
 * need not parse. Fields of objects inside stand deeper.
 */
export function plannedNumber(entry: string, name: string): number | undefined {
  const found = new RegExp(`^ {2}"${name}": (\\d{1,16})(?:,|$)`, "m").exec(entry)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Whether the entry has the field at all. */
export function hasPlanned(entry: string, name: string): boolean {
  return new RegExp(`^ {2}"${name}":`, "m").test(entry);
}
