import type { Command } from 'commander'
import { kernelInstallCommand } from '../kernel.js'
import { labCommand } from '../lab.js'
import { examples } from './examples.js'
import type { SetCode } from './register-commands.js'

export function registerKernel(program: Command): void {
  program
    .command('kernel')
    .description('the TypeScript kernel of the notebooks, for Jupyter')
    .addHelpText('after', examples('judgelab kernel install'))
    .command('install')
    .description('register the kernel, so that JupyterLab, VS Code and nbconvert run the notebooks as they are')
    .option('--to <folder>', 'a Jupyter data folder (default: the user’s), such as .venv/share/jupyter')
    .option('--json', 'print one JSON object: name, folder, what stood there before')
    .addHelpText('after', examples('judgelab kernel install', 'judgelab kernel install --to .venv/share/jupyter'))
    .action(kernelInstallCommand)
}

export function registerLab(program: Command, setCode: SetCode): void {
  program
    .command('lab')
    .description('start JupyterLab on the notebooks, for a study; says how to get JupyterLab where there is none')
    .argument('[study]', 'the study that the notebooks are opened for; what each names itself, without it')
    .argument('[options...]', 'after --, options of JupyterLab itself')
    .addHelpText('after', examples('judgelab lab', 'judgelab lab quickstart -- --no-browser --port 8899'))
    .action(async (study: string | undefined, options: readonly string[]) => {
      const isOption = study?.startsWith('-') === true
      const words = isOption ? [study, ...options] : options
      setCode(await labCommand(isOption ? undefined : study, words))
    })
}
