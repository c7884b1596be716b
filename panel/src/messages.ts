/** What the server says; `checker/live/seen.py` and `overview.py` write it. */

export type Verdict = 'held' | 'once' | 'lost' | 'failed' | 'unknown';

export interface Claim {
  sentence: string;
  verdict: Verdict;
  mark: string;
  word: string;
  found?: string;
  hint?: string;
  later?: string;
  sorry?: string;
}

export interface Step {
  step: number;
  title: string;
  points: number;
  out_of: number;
  verdict: Verdict;
  mark: string;
  word: string;
  claims: Claim[];
  hints: string[];
  hints_left: number;
}

export interface Lesson {
  about: 'lesson';
  lesson: string;
  question: string;
  points: number;
  out_of: number;
  active: number | null;
  trouble: string;
  steps: Step[];
}

export interface Entry {
  lesson: string;
  question: string;
  points: number;
  out_of: number;
  state: string;
  path: string;
}

export interface Lessons {
  about: 'lessons';
  lessons: Entry[];
}

export type Message = Lesson | Lessons;

export interface Plan {
  plan: string;
  empty: boolean;
  sentences: string[];
}

export interface Done {
  done: { sentence: string; well: boolean }[];
}

export interface EngineMap {
  summary: string;
  svg: string;
  text: string;
}

/** The points that a check cell of the notebook shows, by step. */
export type Scores = ReadonlyMap<number, number>;
