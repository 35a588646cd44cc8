/** The door of assessment: figures over cases, what the screens of leaders show, and the cases behind each number. */
export { figureCases, figuresOf, type FigureScope, type FigureServices } from './questions.ts'
export { figureRoutes } from './routes.ts'
