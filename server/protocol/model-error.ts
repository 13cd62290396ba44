/** A text that is no model: what is wrong and where, with the text and a mark below the place. */
export class ModelError extends Error {
  constructor(what: string, source: string, at: number) {
    const before = source.slice(0, at);
    const line = before.split('\n').length;
    const start = before.lastIndexOf('\n') + 1;
    const [text = ''] = source.slice(start).split('\n');
    super(`model, line ${line}, column ${at - start + 1}: ${what}\n  ${text}\n  ${' '.repeat(at - start)}^`);
    this.name = 'ModelError';
  }
}
