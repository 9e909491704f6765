# Completion of lfroadmap for bash. In ~/.bashrc: source <(lfroadmap completion bash)

_lfroadmap() {
    COMPREPLY=()
    local answer
    while IFS= read -r answer; do
        if [ "$answer" = ":files" ]; then
            compopt -o default
        else
            COMPREPLY+=("$answer")
        fi
    done < <("${COMP_WORDS[0]}" completion --line "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}

complete -F _lfroadmap lfroadmap
