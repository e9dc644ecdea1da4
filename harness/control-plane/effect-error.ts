/** An effect that could not be carried out, for a reason that lies in the world. The requester is told the sentence. */
export class EffectError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'EffectError';
  }
}
