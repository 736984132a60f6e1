import { notes } from './notes'

notes().then(console.log)
