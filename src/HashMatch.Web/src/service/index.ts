// What is loaded together, after the first screen: the messages and the calls.
export { AgeGroup, CaseState, PictureRefusal } from '../gen/hashmatch/v1/cases_pb.ts';
export { CallFailure, CaseClient } from './caseClient.ts';
export { planSubmission } from './submission.ts';
