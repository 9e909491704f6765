# Completion of lfroadmap for fish. In ~/.config/fish/config.fish: lfroadmap completion fish | source

function __lfroadmap_answers
    set -l line (string join \n -- (commandline -opc) (commandline -ct | string unescape))
    for answer in (lfroadmap completion --words "$(string join \n -- $line .)" 2>/dev/null)
        if test "$answer" = ":files"
            __fish_complete_path (commandline -ct)
        else
            echo -- $answer
        end
    end
end

complete -c lfroadmap -f -a '(__lfroadmap_answers)'
