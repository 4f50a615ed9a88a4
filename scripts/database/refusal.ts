/** What the operator is told instead of a stack: the whole text is the sentence. */
export class Refusal extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "Refusal";
  }
}
