// Names for turns and tabs. `crypto.randomUUID` is missing on plain http pages, which still take typed calls.

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
