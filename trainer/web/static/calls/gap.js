// How long the learner waits: from the end of what they said to the first sound of the answer. The server learns it with
// the next turn, for the review.

export class AnswerGap {
  constructor() {
    this.since = null;
    this.gap = null;
  }

  /** Speech ended at `at` (performance.now()); what was not answered yet will not be. */
  spoke(at) {
    this.since = at;
    this.gap = null;
  }

  /** Something is heard: the first sound after speech is the answer. */
  heard() {
    if (this.since === null) return;
    this.gap = Math.round(performance.now() - this.since);
    this.since = null;
  }

  /** What was said meanwhile was not speech, or the call waits: the next sound answers nothing. */
  forget() {
    this.since = null;
  }

  /** `{ gap_ms }` once for each answer, else nothing. */
  take() {
    const known = this.gap === null ? {} : { gap_ms: this.gap };
    this.gap = null;
    return known;
  }
}
