using System.CommandLine;
using HashMatch.Load;

var bare = new Command(BareKestrel.CommandName, "Only answer, as the rival that a load run starts by itself.");
bare.SetAction((_, cancellationToken) => BareKestrel.RunAsync(cancellationToken));

RootCommand command = LoadReport.CreateCommand();
command.Add(bare);
command.Add(RegistrationReport.Create());
return await command.Parse(args).InvokeAsync();
