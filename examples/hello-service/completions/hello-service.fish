complete -c hello-service -f
complete -c hello-service -s c -l config -r -F -d 'Configuration file'
complete -c hello-service -l check -d 'Check the configuration and exit'
complete -c hello-service -s h -l help -d 'Show help'
complete -c hello-service -s V -l version -d 'Show the version'
