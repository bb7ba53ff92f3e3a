import type { StoreAnswer, StoreQuestionName, StoreQuestions } from '../store/protocol';

/** The part of the store that the values need: questions and changes, each answered. */
export interface ValuesStore {
  ask<Name extends StoreQuestionName>(
    name: Name,
    request: StoreQuestions[Name]['request'],
  ): Promise<StoreAnswer<Name>>;
}
