import assert from 'node:assert/strict'
import type { Access } from '@portreeve/svn-authz'
import { askSubversion } from '../../../../../tools/svn-oracle/ask-subversion.ts'
import { askSvnauthz } from '../../../../../tools/svn-oracle/ask-svnauthz.ts'
import { CompiledModel } from '../../features/decisions/compiled/compiled-model.ts'
import type { ModelFacts } from '../../features/decisions/model-facts.ts'
import { generateAuthz } from '../../features/enforcement/generate-authz.ts'
import { ASKED_PATHS, REPOSITORIES, rightsIn } from './random-facts.ts'

const ACCESS: readonly Access[] = ['no', 'r', 'rw']

/** Every question to one published file. */
interface FileQuestions {
  readonly file: string
  readonly repository: string
  readonly users: readonly (string | undefined)[]
  readonly paths: readonly string[]
}

/** The files that would be published of a model, with what the compiled model answers to each question. */
function filesOf(facts: ModelFacts): readonly { readonly questions: FileQuestions; readonly ours: Access[][] }[] {
  const model = CompiledModel.compile(facts)
  const users = [undefined, ...facts.users.map(({ username }) => username), 'a stranger']
  return REPOSITORIES.map(({ name }) => {
    const repository = model.findRepository(name)
    assert.ok(repository)
    // Signed in, and not known here: as whoever no rule names.
    const stranger = { number: facts.users.length, id: 'stranger', username: 'a stranger', enabled: true }
    const ours = users.map((username) => {
      const user = username === undefined ? undefined : (model.findUserNamed(username) ?? stranger)
      return ASKED_PATHS.map((path) => ACCESS[model.rightOf(user, { repository, path })] ?? 'no')
    })
    const file = generateAuthz(rightsIn(facts, name, 'username'))
    return { questions: { file, repository: 'any', users, paths: ASKED_PATHS }, ours }
  })
}

/** Throws where Subversion's library reads anything else in a model's files than the model answers; else how many questions it was asked. */
export function assertSubversionAgrees(models: readonly ModelFacts[]): number {
  const files = models.flatMap(filesOf)
  const answers = askSubversion(files.map(({ questions }) => questions))
  for (const [n, { questions, ours }] of files.entries()) {
    const answer = answers[n]
    assert.ok(answer && 'access' in answer, `Subversion refuses\n${questions.file}`)
    assert.deepEqual(ours, answer.access, questions.file)
  }
  return files.reduce((sum, { ours }) => sum + ours.length * ASKED_PATHS.length, 0)
}

/** As `assertSubversionAgrees`, by `svnauthz accessof`: a process for each question. */
export async function assertSvnauthzAgrees(models: readonly ModelFacts[]): Promise<number> {
  const asked = models
    .flatMap(filesOf)
    .flatMap(({ questions, ours }) =>
      questions.users.flatMap((user, n) =>
        questions.paths.map((path, m) => ({ question: { ...questions, user, path }, ours: ours[n]?.[m] })),
      ),
    )
  const answers = await askSvnauthz(asked.map(({ question }) => question))
  for (const [n, { question, ours }] of asked.entries()) {
    assert.equal(ours, answers[n], `${question.user ?? 'an anonymous visitor'} at ${question.path}\n${question.file}`)
  }
  return asked.length
}
