# bash completion for hello-service
_hello_service() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  case $previous in
    -c | --config) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
    *) mapfile -t COMPREPLY < <(compgen -W '--config --check --help --version' -- "$current") ;;
  esac
}
complete -F _hello_service hello-service
